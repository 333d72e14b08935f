//! `sanctl mapping …`.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use anyhow::Result;
use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::args::One;
use super::columns;
use super::edit::mapping::MappingEdit;
use super::nouns::{has, list, show};
use crate::app::App;
use crate::array::{Array, Filter, Groups};
use crate::kit::kind::Kind;
use crate::kit::printer::Content;
use crate::model::nouns::{GroupDetail, Mapping, Member};
use crate::model::selector::Selector;

/// `mapping …`.
#[derive(Debug, Subcommand)]
pub enum MappingCommand {
    /// List mappings
    #[command(before_help = "Examples:
  sanctl mapping list
  sanctl mapping list --host compute-2")]
    List(MappingFilter),
    /// Show one mapping
    #[command(before_help = "Examples:
  sanctl mapping show OpenStack_Mapping_View_1")]
    Show(One),
    /// Show who sees what, as a tree
    #[command(before_help = "Examples:
  sanctl mapping tree
  sanctl mapping tree --host compute-2
  sanctl mapping tree --lun vol-7")]
    Tree(TreeFilter),
    /// The verbs that change one.
    #[command(flatten)]
    Edit(MappingEdit),
}

/// Filters of `mapping list`.
#[derive(Debug, Args)]
pub struct MappingFilter {
    /// Only mappings of this host
    #[arg(long, value_name = "HOST")]
    pub host: Option<String>,
    /// Only mappings with this host group
    #[arg(long, value_name = "GROUP")]
    pub hostgroup: Option<String>,
    /// Only mappings with this LUN group
    #[arg(long, value_name = "GROUP")]
    pub lungroup: Option<String>,
    /// Only mappings of this LUN
    #[arg(long, value_name = "LUN")]
    pub lun: Option<String>,
    /// Only mappings with this initiator
    #[arg(long, value_name = "INITIATOR")]
    pub initiator: Option<String>,
}

/// Filters of `mapping tree`.
#[derive(Debug, Args)]
pub struct TreeFilter {
    /// Only mappings of this host
    #[arg(long, value_name = "HOST")]
    pub host: Option<String>,
    /// Only mappings of this LUN
    #[arg(long, value_name = "LUN")]
    pub lun: Option<String>,
}

fn selected(text: Option<&String>) -> Result<Option<Selector>> {
    Ok(text.map(|t| t.parse()).transpose()?)
}

/// Runs a `mapping` command.
///
/// # Errors
/// Whatever the array says.
pub fn run(app: &App, command: &MappingCommand) -> Result<Kind> {
    let array = app.array()?;
    let mappings = has(array.mappings(), &*array, "mappings")?;
    match command {
        MappingCommand::List(args) => {
            let filter = Filter {
                host: selected(args.host.as_ref())?,
                hostgroup: selected(args.hostgroup.as_ref())?,
                lungroup: selected(args.lungroup.as_ref())?,
                lun: selected(args.lun.as_ref())?,
                initiator: args.initiator.clone(),
                ..Filter::default()
            };
            list(app, mappings, &filter, columns::MAPPING)
        }
        MappingCommand::Show(one) => show(
            app,
            &*array,
            mappings,
            &one.name,
            "mapping",
            columns::MAPPING,
        ),
        MappingCommand::Tree(args) => tree(app, &*array, args),
        MappingCommand::Edit(command) => super::edit::mapping::run(app, command),
    }
}

/// A mapping with what is in its groups.
struct Branch {
    mapping: Mapping,
    hosts: Option<GroupDetail>,
    luns: Option<GroupDetail>,
    ports: Option<GroupDetail>,
}

fn tree(app: &App, array: &dyn Array, args: &TreeFilter) -> Result<Kind> {
    app.printer.check(columns::MAPPING_TREE)?;
    let bounds = app.reading();
    let filter = Filter {
        host: selected(args.host.as_ref())?,
        lun: selected(args.lun.as_ref())?,
        ..Filter::default()
    };
    let limit = app.printer.limit().unwrap_or(usize::MAX);
    let mut mappings: Vec<Mapping> = Vec::new();
    has(array.mappings(), array, "mappings")?.each(&filter, &bounds, &mut |mapping| {
        mappings.push(mapping);
        if mappings.len() < limit {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    })?;
    let mut branches = Vec::new();
    // Mappings share groups: each is read once.
    let mut read: BTreeMap<(String, String), GroupDetail> = BTreeMap::new();
    for mapping in mappings {
        let direct = mapping.kind == "direct";
        let mut detail = |member: &Option<Member>, groups: Option<&dyn Groups>| -> Result<_> {
            let (Some(member), Some(groups), false) = (member, groups, direct) else {
                return Ok(None);
            };
            let key = (member.what.clone(), member.id.clone());
            if let Some(known) = read.get(&key) {
                return Ok(Some(known.clone()));
            }
            let found = groups.detail(&Selector::Id(member.id.clone()), &bounds)?;
            Ok(Some(read.entry(key).or_insert(found).clone()))
        };
        branches.push(Branch {
            hosts: detail(&mapping.hostgroup, array.hostgroups())?,
            luns: detail(&mapping.lungroup, array.lungroups())?,
            ports: detail(&mapping.portgroup, array.portgroups())?,
            mapping,
        });
    }
    let items = Content::Many(branches.iter().map(value).collect());
    if !app.printer.data(columns::MAPPING_TREE, items, &[])? {
        for branch in &branches {
            draw(app, branch)?;
        }
        if branches.is_empty() {
            app.note(columns::MAPPING_TREE.none);
        }
    }
    Ok(Kind::Done)
}

fn value(branch: &Branch) -> Value {
    let members = |detail: &Option<GroupDetail>| {
        detail
            .as_ref()
            .map_or_else(|| json!([]), |d| json!(d.members))
    };
    json!({
        "id": branch.mapping.id,
        "name": branch.mapping.name,
        "kind": branch.mapping.kind,
        "hostgroup": branch.mapping.hostgroup,
        "hosts": members(&branch.hosts),
        "lungroup": branch.mapping.lungroup,
        "luns": members(&branch.luns),
        "portgroup": branch.mapping.portgroup,
        "ports": members(&branch.ports),
        "lun_number": branch.mapping.lun_number,
        "reporting_nodes": branch.mapping.reporting_nodes,
    })
}

/// ` on a, b`.
fn on_nodes(nodes: &[String]) -> String {
    match nodes {
        [] => " on every node".to_owned(),
        nodes => format!(" on {}", nodes.join(", ")),
    }
}

fn draw(app: &App, branch: &Branch) -> Result<()> {
    let ascii = app.printer.is_ascii();
    let (tee, end, bar) = if ascii {
        ("|-", "`-", "| ")
    } else {
        ("├─", "└─", "│ ")
    };
    app.printer.line(&branch.mapping.name)?;
    let groups = [
        (
            "hosts",
            &branch.mapping.hostgroup,
            &branch.hosts,
            "none: no host sees anything",
        ),
        (
            "luns",
            &branch.mapping.lungroup,
            &branch.luns,
            "none: there is nothing to see",
        ),
        (
            "ports",
            &branch.mapping.portgroup,
            &branch.ports,
            "all front-end ports",
        ),
    ];
    let last = groups.len() - 1;
    let map = &branch.mapping;
    for (index, (word, group, detail, without)) in groups.into_iter().enumerate() {
        let (joint, below) = if index == last {
            (end, "  ")
        } else {
            (tee, bar)
        };
        let mut name = group
            .as_ref()
            .map_or(without, |g| g.name.as_str())
            .to_owned();
        match word {
            "luns" => name.extend(map.lun_number.map(|n| format!(", lun number {n}"))),
            "ports" => name.extend(map.reporting_nodes.as_deref().map(on_nodes)),
            _ => {}
        }
        app.printer.line(&format!("{joint} {word:<6} {name}"))?;
        let members = detail
            .as_ref()
            .map(|d| d.members.as_slice())
            .unwrap_or_default();
        for (at, member) in members.iter().enumerate() {
            let joint = if at + 1 == members.len() { end } else { tee };
            // What has no name but its id is told once.
            let id = match member.id == member.name {
                true => String::new(),
                false => format!(" ({})", member.id),
            };
            app.printer
                .line(&format!("{below}        {joint} {}{id}", member.name))?;
        }
    }
    Ok(())
}
