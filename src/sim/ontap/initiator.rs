//! Names of initiators as the array keeps and compares them (ontap.md §9.1).

use super::refusal::{Done, Refusal, Why};

/// The protocol an initiator's name belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Protocol {
    Iscsi,
    Fcp,
}

/// The name as it is kept: an IQN in lower case, a WWPN in lower case with colons.
///
/// # Errors
/// Errno 9005 or 9006 by what it looks like.
pub(super) fn parse(text: &str) -> Done<(Protocol, String)> {
    let name = text.trim().to_ascii_lowercase();
    let iscsi = ["iqn.", "eui.", "naa."].iter().any(|p| name.starts_with(p));
    if iscsi {
        let plain = |c: char| c.is_alphanumeric() || "-.:_".contains(c);
        let good = name.len() <= 223 && name.len() > 4 && name.chars().all(plain);
        return if good {
            Ok((Protocol::Iscsi, name))
        } else {
            Err(bad(Why::BadIqn, text))
        };
    }
    let digits: String = name.chars().filter(|c| *c != ':').collect();
    let digits = digits.strip_prefix("0x").unwrap_or(&digits);
    let hex = !digits.is_empty() && digits.chars().all(|c| c.is_ascii_hexdigit());
    if hex && digits.len() == 16 {
        return Ok((Protocol::Fcp, with_colons(digits)));
    }
    let looks_like_wwpn = hex || name.contains(':') && !name.contains('.');
    Err(bad(
        if looks_like_wwpn {
            Why::BadWwpn
        } else {
            Why::BadIqn
        },
        text,
    ))
}

fn bad(why: Why, text: &str) -> Refusal {
    Refusal::about(why, "initiators.name", format!("{}: {text}", why.codes().3))
}

fn with_colons(digits: &str) -> String {
    let pairs: Vec<String> = digits
        .as_bytes()
        .chunks(2)
        .map(|pair| String::from_utf8_lossy(pair).into_owned())
        .collect();
    pairs.join(":")
}

/// For comparing: what [`parse`] keeps, or the text in lower case.
pub(super) fn folded(text: &str) -> String {
    parse(text).map_or_else(|_| text.to_ascii_lowercase(), |(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_kept_in_one_way() {
        let iqn = parse("IQN.1994-05.com.redhat:C001").unwrap();
        assert_eq!(iqn, (Protocol::Iscsi, "iqn.1994-05.com.redhat:c001".into()));
        for text in [
            "21:00:00:24:FF:43:48:58",
            "21000024ff434858",
            "0x21000024ff434858",
        ] {
            let wwpn = (Protocol::Fcp, "21:00:00:24:ff:43:48:58".to_owned());
            assert_eq!(parse(text).unwrap(), wwpn);
        }
        assert_eq!(parse("21:00").unwrap_err().why, Why::BadWwpn);
        assert_eq!(parse("node1").unwrap_err().why, Why::BadIqn);
        assert_eq!(parse("iqn.a b").unwrap_err().why, Why::BadIqn);
    }
}
