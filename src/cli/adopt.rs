//! `sanctl adopt`.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use clap::Args;

use super::consent;
use super::flow::{
    Ended, Ground, Half, commands, conclude, own_connector, own_connector_if_named, parse_paths,
    protocol_of,
};
use super::nouns::ProtocolArg;
use super::status::table;
use crate::app::App;
use crate::attachment::Error as FlowError;
use crate::attachment::adopt::{Own, Request, adopt};
use crate::config::Paths;
use crate::kit::kind::Kind;
use crate::kit::printer::Format;
use crate::model::nouns::Protocol;
use crate::model::publication::Publication;
use crate::model::selector::Selector;
use crate::node;

/// How long it may take.
const TIME: Duration = Duration::from_secs(60);

/// Arguments of `adopt`.
#[derive(Debug, Args)]
#[command(before_help = "Examples:
  sanctl adopt vol-7          a journal for what Nova or somebody else attached
  sanctl adopt vol-7 --own    and its mapping is ours: detach removes it

Nothing is changed on the array or on this node. What is not wholly attached is
refused (exit 7) with its step table.")]
pub struct AdoptArgs {
    /// The LUN by name, or id:… wwid:… uuid:…
    #[arg(value_name = "LUN")]
    pub lun: String,

    /// Its mapping becomes ours, and its groups if nothing else uses them
    #[arg(long)]
    pub own: bool,

    /// The protocol it is attached over; by default the node's, if it has only one
    #[arg(long, value_enum, value_name = "PROTOCOL")]
    pub protocol: Option<ProtocolArg>,

    /// How many paths make it whole; by default every one that the array names
    #[arg(long, value_name = "want=N,min=N", value_parser = parse_paths)]
    pub paths: Option<Paths>,
}

/// Runs `adopt`.
///
/// # Errors
/// Wrong arguments, or a node or array that cannot be asked.
pub fn run(app: &App, args: &AdoptArgs) -> Result<Kind> {
    let machine = app.machine()?;
    let array = app.array()?;
    let (connector, _) = own_connector_if_named(app, &*machine)?;
    let protocol = protocol_of(&*array, args.protocol.map(Protocol::from), &connector)?;
    // What is wrong with the initiator's name is said where the name is needed.
    let connector = own_connector(app, &*machine, protocol)?;
    let lun: Selector = args.lun.parse()?;
    let publish = array.publish(&Publication {
        lun,
        connector: connector.clone(),
        protocol,
        shared: true,
        hostgroup: None,
        avoid: Vec::new(),
        lun_number: None,
    });
    let wish = node::connect::Wish {
        paths: args.paths.or(app.config.node.paths),
        lun: Some(args.lun.clone()),
        ..node::connect::Wish::default()
    };
    let request = Request {
        lun: args.lun.clone(),
        commands: commands(app, &args.lun, Half::Both),
        node: connector.host.clone(),
        connector: Some(connector),
        protocol,
        stages: vec![publish, node::connect::stage(Arc::clone(&machine), wish)],
        own: if args.own { Own::Link } else { Own::Nothing },
    };
    let bounds = app.bounds("adopt", TIME);
    let ground = Ground::new(app, Some(&machine), bounds, consent::by_class());
    let end = Ended::of(app, adopt(&request, &ground.env()));
    let not_whole = matches!(
        end.error.as_ref().and_then(|e| e.downcast_ref()),
        Some(FlowError::NotWhole { .. })
    );
    if not_whole && matches!(app.printer.format(), Format::Table | Format::Wide) {
        table(app, &end.report, app.printer.format() == Format::Wide)?;
    }
    conclude(app, &[end], &|report| {
        (report.kind == Some(Kind::Done)).then(|| match (app.printer.format(), args.own) {
            (Format::Name, _) => report.lun.clone(),
            (_, true) => format!("{} adopted; detach removes its mapping too", report.lun),
            (_, false) => format!("{} adopted; its mapping stays its maker's", report.lun),
        })
    })
}
