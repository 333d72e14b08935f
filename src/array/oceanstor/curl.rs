//! Requests as lines of curl, for plans and scripts.
//!
//! A line reads `$BASE` (the interface's root with the array's serial) and `$TOKEN` (a file with
//! the session's header lines, so that no secret stands in an argument list).

use super::envelope::{Method, Request};
use super::parts::Noun;
use crate::model::facts::Facts;

/// Variables that a line may fill or use; nothing else is expanded by the shell.
const VARIABLES: &[&str] = &[
    "$HOST_ID",
    "$HOSTGROUP_ID",
    "$LUNGROUP_ID",
    "$VIEW_ID",
    "$PORTGROUP_ID",
    "$LUN_ID",
];

/// Quotes a word for the shell. Known variables stay variables.
pub(super) fn quote(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.:/@%+=,".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        return text.to_owned();
    }
    if !VARIABLES.iter().any(|v| text.contains(v)) {
        return format!("'{}'", text.replace('\'', r"'\''"));
    }
    let mut quoted = String::new();
    for c in text.chars() {
        if matches!(c, '\\' | '"' | '`' | '$') {
            quoted.push('\\');
        }
        quoted.push(c);
    }
    for variable in VARIABLES {
        let escaped = format!("\\{variable}");
        // With braces, so that a letter behind it does not make it another variable.
        quoted = quoted.replace(
            &escaped,
            &format!("${{{}}}", variable.trim_start_matches('$')),
        );
    }
    format!("\"{quoted}\"")
}

/// A request as one curl line.
pub(super) fn curl(request: &Request) -> String {
    let mut line = "curl -sS -H @\"$TOKEN\"".to_owned();
    if request.method != Method::Get {
        line.push_str(" -X ");
        line.push_str(request.method.word());
    }
    let path = format!("\"$BASE\"{}", quote(&request.path));
    line.push(' ');
    line.push_str(&path);
    if let Some(body) = &request.body {
        line.push_str(" -d ");
        line.push_str(&quote(&body.to_string()));
    }
    line
}

/// What makes jq fail with the array's words; the status is 200 all the same.
pub(super) const OR_ERROR: &str = r#"error("\(.error)")"#;

/// A change as one line that fails when the array refuses it.
pub(super) fn change(request: &Request) -> String {
    format!("{} | jq -e '.error.code == 0 or {OR_ERROR}'", curl(request))
}

/// A read as one curl line.
pub(super) fn get(path: &str) -> String {
    curl(&Request {
        method: Method::Get,
        path: path.to_owned(),
        body: None,
    })
}

/// The line that fills a variable from the `ID` of a reply.
pub(super) fn fill(noun: Noun, request: &Request) -> String {
    let variable = Facts::none().id_or_variable(noun.word());
    let variable = variable.trim_start_matches('$').to_owned();
    format!(
        "{variable}=$({} | jq -er '.data.ID // {OR_ERROR}')",
        curl(request)
    )
}

/// The line that fills `$LUN_NUMBER` from the host's LUNs at `path`, where the array writes the
/// number into a text. It fails while the host does not see the LUN.
pub(super) fn read_number(path: &str, lun_id: &str) -> String {
    let number = ".data[] | select(.ID == $lun) | .ASSOCIATEMETADATA | (fromjson? // .) \
                  | if type == \"array\" then .[0] else . end | .HostLUNID // .hostLUNId";
    format!(
        "LUN_NUMBER=$({} | jq -er --arg lun {} {})",
        get(path),
        quote(lun_id),
        quote(number)
    )
}

#[cfg(test)]
mod tests {
    use super::super::parts::Link;
    use super::*;

    #[test]
    fn words_for_the_shell() {
        for (text, want) in [
            ("vol-7", "vol-7"),
            ("", "''"),
            ("two words", "'two words'"),
            ("it's", r"'it'\''s'"),
            ("$(reboot)", "'$(reboot)'"),
            ("G_$HOST_ID", "\"G_${HOST_ID}\""),
            ("`x` $HOST_ID $y", "\"\\`x\\` ${HOST_ID} \\$y\""),
        ] {
            assert_eq!(quote(text), want);
        }
    }

    #[test]
    fn a_request_as_a_line() {
        let request = Noun::HostGroup.create("OpenStack_HostGroup_$HOST_ID");
        assert_eq!(
            fill(Noun::HostGroup, &request),
            "HOSTGROUP_ID=$(curl -sS -H @\"$TOKEN\" -X POST \"$BASE\"/hostgroup -d \
             \"{\\\"TYPE\\\":\\\"14\\\",\\\"NAME\\\":\\\"OpenStack_HostGroup_${HOST_ID}\\\"}\" \
             | jq -er '.data.ID // error(\"\\(.error)\")')"
        );
        assert_eq!(
            read_number("/lun/associate?ASSOCIATEOBJID=$HOST_ID", "30"),
            "LUN_NUMBER=$(curl -sS -H @\"$TOKEN\" \"$BASE\"\"/lun/associate?ASSOCIATEOBJID=${HOST_ID}\" \
             | jq -er --arg lun 30 '.data[] | select(.ID == $lun) | .ASSOCIATEMETADATA \
             | (fromjson? // .) | if type == \"array\" then .[0] else . end \
             | .HostLUNID // .hostLUNId')"
        );
        let line = curl(&Link::LunGroupLun.part("1", "30", 11));
        assert_eq!(
            line,
            "curl -sS -H @\"$TOKEN\" -X DELETE \
             \"$BASE\"'/lungroup/associate?ID=1&ASSOCIATEOBJTYPE=11&ASSOCIATEOBJID=30'"
        );
    }
}
