//! What a practice server saw: one record per request, and the count of dependent waves.

use serde_json::Value;

/// One request as the server saw it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Its number since the start or the last clearing, from 1.
    pub n: u64,
    /// The method.
    pub method: String,
    /// Path and query as sent.
    pub path_and_query: String,
    /// The path as the faults name it (behind the device id), without the query.
    pub route: String,
    /// The body; values of password fields are `***`.
    pub body: String,
    /// How many other requests were in flight when it arrived.
    pub in_flight: usize,
    /// Logical time of its arrival.
    pub start: u64,
    /// Logical time at which its answer was ready; `u64::MAX` while it is being answered.
    pub end: u64,
    /// Bytes received: request line, headers and body.
    pub bytes_in: u64,
    /// Bytes answered: headers and body.
    pub bytes_out: u64,
    /// The HTTP status sent; 0 if the connection was dropped.
    pub status: u16,
    /// The array's own code in the answer, if the answer has one.
    pub code: Option<i64>,
}

/// The longest chain of requests of which each arrived after the one before was answered: the
/// number of round trips a client could not have avoided waiting for.
///
/// A server that answers at once cannot tell "waited for" from "sent together, arrived later".
/// With the fault `*=slow:20ms` requests sent together overlap, and the count is what it says.
#[must_use]
pub fn waves(seen: &[Seen]) -> usize {
    let mut spans: Vec<(u64, u64)> = seen.iter().map(|s| (s.end, s.start)).collect();
    spans.sort_unstable();
    let mut count = 0;
    let mut answered = None;
    for (end, start) in spans {
        if answered.is_none_or(|last| start > last) {
            count += 1;
            answered = Some(end);
        }
    }
    count
}

/// What names of fields that hold a secret contain.
const SECRET: [&str; 2] = ["passw", "passphrase"];

/// The body as it may be written down: what a field named like a password holds is masked.
pub(crate) fn masked(body: &[u8]) -> String {
    if body.is_empty() {
        return String::new();
    }
    match serde_json::from_slice::<Value>(body) {
        Ok(mut value) => {
            mask(&mut value);
            value.to_string()
        }
        Err(_) => {
            let text = String::from_utf8_lossy(body);
            let lower = text.to_ascii_lowercase();
            if SECRET.iter().any(|word| lower.contains(word)) {
                "(masked)".to_owned()
            } else {
                text.into_owned()
            }
        }
    }
}

fn mask(value: &mut Value) {
    match value {
        Value::Object(map) => {
            for (key, inner) in map {
                let key = key.to_ascii_lowercase();
                if SECRET.iter().any(|word| key.contains(word)) {
                    *inner = Value::from("***");
                } else {
                    mask(inner);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(mask),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(start: u64, end: u64) -> Seen {
        Seen {
            n: 0,
            method: String::new(),
            path_and_query: String::new(),
            route: String::new(),
            body: String::new(),
            in_flight: 0,
            start,
            end,
            bytes_in: 0,
            bytes_out: 0,
            status: 200,
            code: None,
        }
    }

    #[test]
    fn a_wave_is_a_link_of_the_longest_chain() {
        assert_eq!(waves(&[]), 0);
        assert_eq!(waves(&[at(1, 2), at(3, 4), at(5, 6)]), 3);
        assert_eq!(waves(&[at(1, 4), at(2, 5), at(3, 6)]), 1);
        assert_eq!(waves(&[at(1, 2), at(3, 6), at(4, 5), at(7, 8)]), 3);
        assert_eq!(waves(&[at(1, 9), at(2, 3), at(4, 5), at(6, u64::MAX)]), 3);
    }

    #[test]
    fn passwords_are_masked() {
        let body = br#"{"username":"u","password":"p","x":[{"CHAPPASSWORD":"q"}]}"#;
        let text = masked(body);
        assert!(text.contains("\"u\"") && !text.contains("\"p\"") && !text.contains("\"q\""));
        assert_eq!(masked(b"<password>p</password>"), "(masked)");
        assert_eq!(masked(b"<passphrase>p</passphrase>"), "(masked)");
        assert_eq!(masked(b""), "");
    }
}
