//! One line to the system's log for each change (INTERFACE, "Time, several LUNs, audit").

use std::path::Path;

use crate::app::App;
use crate::attachment::report::AttachmentReport;
use crate::kit::kind::Kind;
use crate::kit::shell::word;
use crate::system::{files, syslog};

/// How a change ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// It was made.
    Done,
    /// It was refused.
    Failed,
    /// Nobody knows, or a part of it was made.
    InDoubt,
}

impl Ending {
    /// Of a change that failed, and may have been made all the same.
    pub const fn of_error(lost: bool) -> Self {
        if lost { Self::InDoubt } else { Self::Failed }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Failed => "failed",
            Self::InDoubt => "in-doubt",
        }
    }
}

/// Tells the log, where the configuration wants it told. A log that does not listen stops
/// nothing: the change is made already, and the warning says so.
pub fn change(app: &App, place: &str, object: &str, command: &str, ending: Ending) {
    if !app.config.log.syslog {
        return;
    }
    let uid = rustix::process::getuid().as_raw();
    let user = user_of(uid).unwrap_or_else(|| uid.to_string());
    let sudo = std::env::var("SUDO_USER").ok().filter(|u| !u.is_empty());
    let mut fields = vec![("user", user)];
    fields.extend(sudo.map(|user| ("sudo_user", user)));
    fields.extend([
        ("run", app.run.clone()),
        ("array", place.to_owned()),
        ("object", object.to_owned()),
        ("command", command.to_owned()),
        ("result", ending.word().to_owned()),
    ]);
    if app.is_practice() {
        fields.push(("practice", "true".to_owned()));
    }
    let socket = app.config.log.socket.as_deref().unwrap_or(syslog::SOCKET);
    if let Err(error) = syslog::send(Path::new(socket), &line(&fields)) {
        app.note(&format!(
            "warning: not in the system's log: {socket}: {error}"
        ));
    }
}

/// A flow's line: only for an attachment of which something was changed.
pub fn flow(app: &App, report: &AttachmentReport) {
    if !report.changed {
        return;
    }
    let ending = match report.kind {
        None | Some(Kind::Done | Kind::Degraded) => Ending::Done,
        Some(Kind::Partial) => Ending::InDoubt,
        Some(_) => Ending::Failed,
    };
    let array = report.facts.array.as_ref().map(|a| a.name.as_str());
    let object = format!("lun {}", report.lun);
    // No secret ever stands in an argument.
    let words = std::env::args_os().skip(1);
    let words = words.map(|w| word(&w.to_string_lossy()));
    let command = ["sanctl".to_owned()].into_iter().chain(words);
    let command = command.collect::<Vec<_>>().join(" ");
    change(app, array.unwrap_or("node"), &object, &command, ending);
}

fn line(fields: &[(&str, String)]) -> String {
    let words = fields
        .iter()
        .map(|(key, value)| format!("{key}={}", quoted(value)));
    words.collect::<Vec<_>>().join(" ")
}

/// As it is, or in quotation marks: one line, whatever an object is called.
fn quoted(value: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.:/@,+".contains(c);
    if !value.is_empty() && value.chars().all(plain) {
        return value.to_owned();
    }
    let mut text = String::from("\"");
    for c in value.chars() {
        match c {
            '"' | '\\' => text.extend(['\\', c]),
            c if c.is_control() => text.extend(c.escape_default()),
            c => text.push(c),
        }
    }
    text.push('"');
    text
}

/// The name of a user, from the user database's file.
fn user_of(uid: u32) -> Option<String> {
    let text = files::find_text(Path::new("/etc/passwd")).ok().flatten()?;
    text.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        let found: u32 = fields.nth(1)?.parse().ok()?;
        (found == uid).then(|| name.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_makes_a_second_line_or_a_second_field() {
        let fields = [
            ("object", "lun vol-7".to_owned()),
            ("command", "a\nresult=done \"x\"".to_owned()),
            ("array", "dorado1".to_owned()),
            ("empty", String::new()),
        ];
        assert_eq!(
            line(&fields),
            r#"object="lun vol-7" command="a\nresult=done \"x\"" array=dorado1 empty="""#
        );
    }
}
