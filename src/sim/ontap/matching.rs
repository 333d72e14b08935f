//! The operators that both wires have in the texts of their queries (ontap.md §3, §5).

/// Compares one value with the text of a query: `a|b`, `!a`, `<a`, `>=a`, `a..b`, `a*`.
pub(super) fn text_matches(wanted: &str, value: &str) -> bool {
    wanted
        .split('|')
        .any(|part| one_matches(part.trim(), value))
}

fn one_matches(wanted: &str, value: &str) -> bool {
    use std::cmp::Ordering::{Greater, Less};
    let than = |other: &str| order(value, other.trim());
    if let Some(other) = wanted.strip_prefix('!') {
        return !one_matches(other, value);
    }
    if let Some(other) = wanted.strip_prefix(">=") {
        return than(other) != Less;
    }
    if let Some(other) = wanted.strip_prefix("<=") {
        return than(other) != Greater;
    }
    if let Some(other) = wanted.strip_prefix('>') {
        return than(other) == Greater;
    }
    if let Some(other) = wanted.strip_prefix('<') {
        return than(other) == Less;
    }
    if let Some((low, high)) = wanted.split_once("..") {
        return than(low) != Less && than(high) != Greater;
    }
    glob(wanted, value)
}

fn order(a: &str, b: &str) -> std::cmp::Ordering {
    match (a.parse::<u64>(), b.parse::<u64>()) {
        (Ok(a), Ok(b)) => a.cmp(&b),
        _ => a.cmp(b),
    }
}

/// `*` stands for any text, also an empty one.
fn glob(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((head, tail)) => text.strip_prefix(head).is_some_and(|rest| {
            rest.char_indices()
                .map(|(at, _)| at)
                .chain([rest.len()])
                .any(|at| rest.get(at..).is_some_and(|after| glob(tail, after)))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operators() {
        for (wanted, value, matches) in [
            ("a", "a", true),
            ("a", "A", false),
            ("a*", "abc", true),
            ("/vol/*/v1", "/vol/x/y/v1", true),
            ("/vol/*/v1", "/vol/x/v11", false),
            ("a|b*", "bc", true),
            ("!a", "b", true),
            ("!a*", "ab", false),
            (">10", "9", false),
            (">=10", "10", true),
            ("<b", "a", true),
            ("<=3", "4", false),
            ("5..7", "6", true),
            ("5..7", "10", false),
            ("*", "", true),
        ] {
            assert_eq!(text_matches(wanted, value), matches, "{wanted} {value}");
        }
    }
}
