//! `mapping`: made, filled, taken apart, deleted; numbers.

use anyhow::Result;
use clap::{Args, Subcommand};
use serde_json::json;

use super::super::columns;
use super::super::global::Changing;
use super::super::nouns::{Gone, end};
use crate::app::App;
use crate::kit::kind::Kind;
use crate::kit::printer::Format;
use crate::model::edit::{Edit, GroupSort};
use crate::model::ids::LunNumber;
use crate::model::selector::Selector;

/// The writing verbs of `mapping`, and the numbers that are free.
#[derive(Debug, Subcommand)]
pub enum MappingEdit {
    /// Make an empty mapping, or map one LUN to one host group
    #[command(
        before_help = "Examples:
  sanctl mapping create cluster-1
  sanctl mapping create --lun /vol/v1/lun1 --hostgroup cluster-1",
        override_usage = "sanctl mapping create [OPTIONS] <NAME>\n       sanctl mapping create [OPTIONS] --lun <LUN> --hostgroup <GROUP>"
    )]
    Create(NewMapping),
    /// Delete a mapping that holds no group, or the one of a LUN and a host group
    #[command(before_help = "Examples:
  sanctl mapping delete cluster-1
  sanctl mapping delete cluster-1:/vol/v1/lun1
  sanctl mapping delete cluster-1 --dry-run")]
    Delete(Gone),
    /// Put a group into a mapping: it holds one of each sort
    #[command(
        before_help = "Examples:
  sanctl mapping add-group cluster-1 --hostgroup cluster-1-hosts
  sanctl mapping add-group cluster-1 --lungroup cluster-1-luns",
        override_usage = "sanctl mapping add-group [OPTIONS] <MAPPING> --hostgroup <GROUP>\n       sanctl mapping add-group [OPTIONS] <MAPPING> --lungroup <GROUP>\n       sanctl mapping add-group [OPTIONS] <MAPPING> --portgroup <GROUP>"
    )]
    AddGroup(GroupOf),
    /// Take a group out of a mapping, after showing who loses what
    #[command(
        before_help = "Examples:
  sanctl mapping remove-group cluster-1 --lungroup cluster-1-luns
  sanctl mapping remove-group cluster-1 --portgroup iscsi-front --dry-run",
        override_usage = "sanctl mapping remove-group [OPTIONS] <MAPPING> --hostgroup <GROUP>\n       sanctl mapping remove-group [OPTIONS] <MAPPING> --lungroup <GROUP>\n       sanctl mapping remove-group [OPTIONS] <MAPPING> --portgroup <GROUP>"
    )]
    RemoveGroup(GroupOf),
    /// Give a LUN of a mapping another number; hosts that use it lose it
    #[command(before_help = "Examples:
  sanctl mapping set-number OpenStack_Mapping_View_1 vol-7 12")]
    SetNumber(NumberOf),
    /// List the numbers that LUNs could still get
    #[command(before_help = "Examples:
  sanctl mapping free-numbers OpenStack_Mapping_View_1
  sanctl mapping free-numbers --host compute-2 -o name | head -1")]
    FreeNumbers(Free),
}

/// A mapping that is to be made.
#[derive(Debug, Args)]
pub struct NewMapping {
    /// Its name
    #[arg(
        value_name = "NAME",
        required_unless_present = "lun",
        conflicts_with_all = ["lun", "hostgroup", "lun_number"]
    )]
    pub name: Option<String>,
    /// Instead of a name, where a mapping is one LUN and one host group: the LUN
    #[arg(long, value_name = "LUN", requires = "hostgroup")]
    pub lun: Option<String>,
    /// The host group that shall see it
    #[arg(long, value_name = "GROUP", requires = "lun")]
    pub hostgroup: Option<String>,
    /// The number that it shall see it by; without it the array chooses
    #[arg(long, value_name = "N", requires = "lun")]
    pub lun_number: Option<LunNumber>,
    /// What every changing verb takes.
    #[command(flatten)]
    pub changing: Changing,
}

impl NewMapping {
    fn edit(&self) -> Result<Edit> {
        match (&self.lun, &self.hostgroup, &self.name) {
            (Some(lun), Some(group), _) => Ok(Edit::CreateLunMap {
                lun: lun.parse()?,
                group: group.parse()?,
                number: self.lun_number,
            }),
            (_, _, Some(name)) => Ok(Edit::CreateMapping { name: name.clone() }),
            // Refused by the arguments' own rules.
            _ => anyhow::bail!("a name is missing"),
        }
    }
}

/// A mapping and one group.
#[derive(Debug, Args)]
pub struct GroupOf {
    /// The mapping
    #[arg(value_name = "MAPPING")]
    pub mapping: String,
    /// Which group.
    #[command(flatten)]
    pub group: OneGroup,
    /// What every changing verb takes.
    #[command(flatten)]
    pub changing: Changing,
}

/// Exactly one group.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub struct OneGroup {
    /// A host group
    #[arg(long, value_name = "GROUP")]
    pub hostgroup: Option<String>,
    /// A LUN group
    #[arg(long, value_name = "GROUP")]
    pub lungroup: Option<String>,
    /// A port group
    #[arg(long, value_name = "GROUP")]
    pub portgroup: Option<String>,
}

impl OneGroup {
    fn of(&self) -> Result<(GroupSort, Selector)> {
        let (sort, text) = match (&self.hostgroup, &self.lungroup, &self.portgroup) {
            (Some(text), _, _) => (GroupSort::Hosts, text),
            (_, Some(text), _) => (GroupSort::Luns, text),
            (_, _, Some(text)) => (GroupSort::Ports, text),
            // Refused by the arguments' own rules.
            _ => anyhow::bail!("a group is missing"),
        };
        Ok((sort, text.parse()?))
    }
}

/// A mapping, a LUN and a number.
#[derive(Debug, Args)]
pub struct NumberOf {
    /// The mapping
    #[arg(value_name = "MAPPING")]
    pub mapping: String,
    /// The LUN, or a snapshot
    #[arg(value_name = "LUN")]
    pub lun: String,
    /// The number that its hosts shall see it by
    #[arg(value_name = "N")]
    pub number: LunNumber,
    /// What every changing verb takes.
    #[command(flatten)]
    pub changing: Changing,
}

/// A mapping or a host.
#[derive(Debug, Args)]
pub struct Free {
    /// The mapping
    #[arg(value_name = "MAPPING", required_unless_present = "host")]
    pub mapping: Option<String>,
    /// Instead of a mapping: every mapping of this host
    #[arg(long, value_name = "HOST", conflicts_with = "mapping")]
    pub host: Option<String>,
}

/// Runs one of these verbs.
///
/// # Errors
/// Whatever the array says.
pub fn run(app: &App, command: &MappingEdit) -> Result<Kind> {
    let (edit, changing) = match command {
        MappingEdit::FreeNumbers(args) => return free_numbers(app, args),
        MappingEdit::Create(new) => (new.edit()?, &new.changing),
        MappingEdit::Delete(gone) => {
            let mapping = gone.name.parse()?;
            (Edit::DeleteMapping { mapping }, &gone.changing)
        }
        MappingEdit::AddGroup(args) => {
            let (sort, group) = args.group.of()?;
            let edit = Edit::AddGroup {
                mapping: args.mapping.parse()?,
                sort,
                group,
            };
            (edit, &args.changing)
        }
        MappingEdit::RemoveGroup(args) => {
            let (sort, group) = args.group.of()?;
            let edit = Edit::RemoveGroup {
                mapping: args.mapping.parse()?,
                sort,
                group,
            };
            (edit, &args.changing)
        }
        MappingEdit::SetNumber(args) => {
            let edit = Edit::SetNumber {
                mapping: args.mapping.parse()?,
                lun: args.lun.parse()?,
                number: args.number,
            };
            (edit, &args.changing)
        }
    };
    super::run(app, changing, &edit)
}

/// A table shows spans: five hundred rows tell a person nothing.
fn free_numbers(app: &App, args: &Free) -> Result<Kind> {
    app.printer.check(columns::FREE_NUMBER)?;
    let array = app.array()?;
    let free = match (&args.host, &args.mapping) {
        (Some(host), _) => array.free_numbers(&host.parse()?, &app.reading())?,
        (None, mapping) => {
            let mapping = mapping.as_deref().unwrap_or_default().parse()?;
            array.mapping_numbers(&mapping, &app.reading())?
        }
    };
    if matches!(app.printer.format(), Format::Table | Format::Wide) && !free.is_empty() {
        app.printer.line(&spans(&free))?;
        return Ok(Kind::Done);
    }
    let mut listing = app.printer.listing(columns::FREE_NUMBER)?;
    for number in free {
        if !listing.push(json!({"lun_number": number}))? {
            break;
        }
    }
    end(app, listing, columns::FREE_NUMBER)
}

/// `0, 2-7, 9`.
fn spans(numbers: &[LunNumber]) -> String {
    let mut spans: Vec<(u16, u16)> = Vec::new();
    for number in numbers {
        match spans.last_mut() {
            Some((_, last)) if last.checked_add(1) == Some(number.0) => *last = number.0,
            _ => spans.push((number.0, number.0)),
        }
    }
    let words = spans.into_iter().map(|(first, last)| {
        if first == last {
            first.to_string()
        } else {
            format!("{first}-{last}")
        }
    });
    words.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_spans() {
        let all =
            |numbers: &[u16]| spans(&numbers.iter().copied().map(LunNumber).collect::<Vec<_>>());
        assert_eq!(all(&[0, 2, 3, 4, 9]), "0, 2-4, 9");
        assert_eq!(all(&[7]), "7");
    }
}
