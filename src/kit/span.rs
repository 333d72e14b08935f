//! Durations as people write them: a number and a unit.

use std::time::Duration;

/// Parses `500ms`, `5s`, `10m`, `2h`. A number without a unit is refused.
///
/// # Errors
/// What is wrong with the text.
pub fn parse_span(text: &str) -> Result<Duration, String> {
    let text = text.trim();
    let bad =
        || format!("{text:?} is not a duration: a number and ms, s, m or h wanted, as in 10m");
    let split = text.find(|c: char| !c.is_ascii_digit()).ok_or_else(bad)?;
    let (digits, unit) = text.split_at(split);
    let number: u64 = digits.parse().map_err(|_| bad())?;
    let millis = match unit {
        "ms" => 1,
        "s" => 1_000,
        "m" => 60_000,
        "h" => 3_600_000,
        _ => return Err(bad()),
    };
    let span = number.checked_mul(millis).ok_or_else(bad)?;
    // Beyond a year the addition to a point in time could overflow, and nobody means it.
    if span == 0 || span > 365 * 24 * 3_600_000 {
        return Err(format!(
            "{text:?} is out of range: more than 0, at most a year"
        ));
    }
    Ok(Duration::from_millis(span))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_need_a_unit() {
        assert_eq!(parse_span("500ms"), Ok(Duration::from_millis(500)));
        assert_eq!(parse_span("10m"), Ok(Duration::from_secs(600)));
        for bad in [
            "",
            "10",
            "m",
            "1.5s",
            "-1s",
            "0s",
            "99999999999999999999h",
            "9999999h",
        ] {
            assert!(parse_span(bad).is_err(), "{bad}");
        }
    }
}
