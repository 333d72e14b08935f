//! VPD page 0x83, the device's identity (SPC-4 §7.8.6; linux-host.md §5.4).

use std::fmt::Write as _;

use crate::model::ids::Wwid;

/// The NAA identifiers of the logical unit in a raw page 0x83, the longest first. Designators of
/// the port and of the target device, and a torn page, give nothing.
pub fn parse_page_83(page: &[u8]) -> Vec<Wwid> {
    let [_, 0x83, high, low, rest @ ..] = page else {
        return Vec::new();
    };
    let length = usize::from(u16::from_be_bytes([*high, *low]));
    let mut rest = rest.get(..length.min(rest.len())).unwrap_or_default();
    let mut found: Vec<Wwid> = Vec::new();
    while let [code_set, kind, _, length, body @ ..] = rest {
        let Some(id) = body.get(..usize::from(*length)) else {
            break;
        };
        let is_binary = code_set & 0x0f == 1;
        let is_unit = (kind >> 4) & 0x03 == 0;
        let is_naa = kind & 0x0f == 3;
        if is_binary && is_unit && is_naa {
            let hex = id.iter().fold(String::new(), |mut text, byte| {
                let _ = write!(text, "{byte:02x}");
                text
            });
            found.extend(hex.parse::<Wwid>());
        }
        rest = body.get(usize::from(*length)..).unwrap_or_default();
    }
    found.sort_by_key(|w| std::cmp::Reverse(w.as_str().len()));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(designators: &[(u8, u8, &[u8])]) -> Vec<u8> {
        let mut body = Vec::new();
        for (code_set, kind, id) in designators {
            body.extend([*code_set, *kind, 0, u8::try_from(id.len()).unwrap()]);
            body.extend(*id);
        }
        let length = u16::try_from(body.len()).unwrap().to_be_bytes();
        [&[0, 0x83][..], &length, &body].concat()
    }

    const NAA6: [u8; 16] = [
        0x6a, 0x4c, 0x64, 0xf1, 0, 0x1d, 0xb6, 0x33, 7, 0xa4, 0xe1, 0x70, 0, 0, 0, 0x1e,
    ];

    #[test]
    fn the_units_naa_is_found_among_others() {
        // As LIO answers: NAA, T10 vendor, port group, names of the port and the device.
        let page = page(&[
            (2, 1, b"LIO-ORG IBLOCK"),
            (1, 0x13, &[0x50, 0, 0, 0, 0, 0, 0, 1]),
            (1, 3, &NAA6),
            (1, 0x94, &[0, 0, 0, 1]),
            (3, 0xa8, b"iqn.a:b"),
        ]);
        let found = parse_page_83(&page);
        assert_eq!(found.len(), 1, "the port's NAA is not the unit's");
        assert_eq!(found[0].as_str(), "6a4c64f1001db63307a4e1700000001e");
    }

    #[test]
    fn garbage_gives_nothing_and_never_panics() {
        let good = page(&[(1, 3, &NAA6)]);
        for cut in 0..good.len() {
            assert!(parse_page_83(&good[..cut]).is_empty(), "{cut}");
        }
        assert!(parse_page_83(&[0, 0x80, 0, 4, 1, 2, 3, 4]).is_empty());
        assert!(parse_page_83(&[0, 0x83, 0xff, 0xff, 1, 3, 0, 255]).is_empty());
    }
}
