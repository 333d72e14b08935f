//! `sanctl trace …`: what `--trace` wrote, read again.

use anyhow::{Context, Result};
use clap::{Args, Subcommand, ValueEnum};
use serde_json::Value;

use super::failure::Refusal;
use crate::app::App;
use crate::array::{oceanstor, ontap};
use crate::kit::kind::Kind;
use crate::kit::shell::word;
use crate::system::files;

/// `trace …`.
#[derive(Debug, Subcommand)]
pub enum TraceCommand {
    /// Print a trace as lines to type, each with what came of it; sends nothing
    #[command(before_help = "Examples:
  sanctl attach vol-7 --trace t.jsonl
  sanctl trace replay t.jsonl --as sh

The lines are curl, iscsiadm and echo. The password is asked for by them;
other secrets stand as stars.")]
    Replay(ReplayArgs),
}

/// What a trace is printed as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum As {
    /// A script of `sh`.
    Sh,
}

/// Arguments of `trace replay`.
#[derive(Debug, Args)]
pub struct ReplayArgs {
    /// A file that --trace has written (- reads stdin)
    #[arg(value_name = "FILE")]
    pub file: String,

    /// What to print
    #[arg(long = "as", value_enum, value_name = "LANGUAGE", default_value = "sh")]
    pub language: As,
}

/// Runs a `trace` command.
///
/// # Errors
/// When the file cannot be read or is no trace.
pub fn run(app: &App, command: &TraceCommand) -> Result<Kind> {
    let TraceCommand::Replay(args) = command;
    let text = files::read_argument(&args.file).context("cannot read the trace")?;
    let mut events = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let event: Option<Value> = serde_json::from_str(line).ok();
        // A program that was killed may have left half a line at the end.
        match event.filter(|event| event.get("event").is_some()) {
            Some(event) => events.push(event),
            None if index > 0 && index + 1 == text.lines().count() => {
                app.note("warning: the last line of the trace is torn");
            }
            None => {
                let message = format!("{}: line {} is no trace", args.file, index + 1);
                return Err(Refusal::usage(message)
                    .hint("a trace is what --trace FILE writes")
                    .into());
            }
        }
    }
    for event in &events {
        for line in lines(event) {
            app.printer.line(&line)?;
        }
    }
    Ok(Kind::Done)
}

/// One event as lines: what to type, and what came of it as a comment.
fn lines(event: &Value) -> Vec<String> {
    let text = |key: &str| event.get(key).and_then(Value::as_str);
    let typed = match text("event") {
        Some("http") => match text("kind") {
            Some(oceanstor::KIND) => oceanstor::replay::lines(event),
            Some(ontap::KIND) => ontap::replay::lines(event),
            _ => None,
        },
        Some("exec") => event.get("argv").and_then(Value::as_array).map(|argv| {
            let words = argv.iter().filter_map(Value::as_str).map(word);
            vec![words.collect::<Vec<_>>().join(" ")]
        }),
        Some("write") => text("path").map(|path| {
            let value = word(text("value").unwrap_or_default());
            vec![format!("echo {value} > {}", word(path))]
        }),
        Some("flush") => {
            text("device").map(|device| vec![format!("blockdev --flushbufs {}", word(device))])
        }
        Some("read") => text("device").map(|device| {
            vec![format!(
                "dd if={} of=/dev/null bs=4096 count=1 iflag=direct",
                word(device)
            )]
        }),
        Some("probe") => text("portal").and_then(|portal| {
            let (host, port) = portal.rsplit_once(':')?;
            let host = host.trim_start_matches('[').trim_end_matches(']');
            Some(vec![format!("nc -z -w 5 {} {}", word(host), word(port))])
        }),
        _ => None,
    };
    match typed {
        Some(mut typed) => {
            typed.push(format!("# -> {}", outcome(event)));
            typed
        }
        // Something that is only told, or that a newer program wrote.
        None => vec![format!("# {}", one_line(&event.to_string()))],
    }
}

fn outcome(event: &Value) -> String {
    let text = |key: &str| event.get(key).and_then(Value::as_str);
    let number = |key: &str| event.get(key).and_then(Value::as_i64);
    let mut said = match (text("error"), number("code")) {
        (Some(error), _) => format!("error: {error}"),
        (None, Some(code)) if text("event") == Some("exec") => format!("exit {code}"),
        (None, Some(code)) => format!("code {code}"),
        (None, None) => "done".to_owned(),
    };
    for more in ["description", "stderr"] {
        if let Some(text) = text(more).filter(|text| !text.is_empty()) {
            said.push_str(&format!(": {text}"));
        }
    }
    let ms = number("ms").or_else(|| number("elapsed_ms"));
    let ms = ms.map(|ms| format!("   {ms} ms")).unwrap_or_default();
    format!("{}{ms}", one_line(&said))
}

/// What others said must not end the comment it stands in.
fn one_line(text: &str) -> String {
    text.replace(char::is_control, " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_event_is_a_line_and_a_comment() {
        for (event, want) in [
            (
                json!({"event": "exec", "argv": ["iscsiadm", "-m", "a b"], "code": 21,
                    "stderr": "no\nrecords", "elapsed_ms": 3}),
                "iscsiadm -m 'a b'\n# -> exit 21: no records   3 ms",
            ),
            (
                json!({"event": "write", "path": "/sys/x", "value": "0 0 7", "elapsed_ms": 0}),
                "echo '0 0 7' > /sys/x\n# -> done   0 ms",
            ),
            (
                json!({"event": "probe", "portal": "[fd00::1]:3260", "elapsed_ms": 5,
                    "error": "connection refused"}),
                "nc -z -w 5 fd00::1 3260\n# -> error: connection refused   5 ms",
            ),
            (
                json!({"event": "flush", "device": "/dev/sda", "elapsed_ms": 1}),
                "blockdev --flushbufs /dev/sda\n# -> done   1 ms",
            ),
        ] {
            assert_eq!(lines(&event).join("\n"), want);
        }
        let odd = lines(&json!({"event": "new", "text": "a\nreboot"}));
        assert!(odd.len() == 1 && odd[0].starts_with("# "), "{odd:?}");
    }
}
