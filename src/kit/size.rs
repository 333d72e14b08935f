//! Sizes as people write them: a number and a unit.

/// The units, longest first. One letter alone means the binary one, as administrators write it.
const UNITS: [(&str, u64); 13] = [
    ("KiB", 1 << 10),
    ("MiB", 1 << 20),
    ("GiB", 1 << 30),
    ("TiB", 1 << 40),
    ("kB", 1_000),
    ("MB", 1_000_000),
    ("GB", 1_000_000_000),
    ("TB", 1_000_000_000_000),
    ("K", 1 << 10),
    ("M", 1 << 20),
    ("G", 1 << 30),
    ("T", 1 << 40),
    ("B", 1),
];

/// Parses `10GiB`, `500GB`, `64M`, `512B`. A number without a unit is refused.
///
/// # Errors
/// What is wrong with the text.
pub fn parse_size(text: &str) -> Result<u64, String> {
    let text = text.trim();
    let bad = || {
        format!("{text:?} is not a size: a number and B, KiB, MiB, GiB or TiB wanted, as in 10GiB")
    };
    let split = text.find(|c: char| !c.is_ascii_digit()).ok_or_else(bad)?;
    let (digits, unit) = text.split_at(split);
    let number: u64 = digits.parse().map_err(|_| bad())?;
    let (_, times) = UNITS.iter().find(|(u, _)| *u == unit).ok_or_else(bad)?;
    let size = number.checked_mul(*times);
    size.filter(|size| *size > 0)
        .ok_or_else(|| format!("{text:?} is out of range"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_need_a_unit() {
        for (text, want) in [
            ("10GiB", 10 << 30),
            ("10G", 10 << 30),
            ("1TB", 1_000_000_000_000),
            ("64M", 64 << 20),
            ("512B", 512),
        ] {
            assert_eq!(parse_size(text), Ok(want), "{text}");
        }
        for bad in [
            "",
            "10",
            "G",
            "1.5G",
            "-1G",
            "0G",
            "10gib",
            "99999999999T",
            "10 GiB",
        ] {
            assert!(parse_size(bad).is_err(), "{bad}");
        }
    }
}
