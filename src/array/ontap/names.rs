//! Names: igroups of this tool and of others, LUN paths, and the way between serial numbers and
//! wwids (ontap.md §9.1, §9.3, §9.4).

use std::fmt::Write;

use crate::model::ids::{Wwid, Wwpn};
use crate::model::nouns::Protocol;

/// What igroups of this tool are called, unless configured.
pub(super) const PREFIX: &str = "sanctl-";

/// What igroups of the OpenStack driver are called.
pub(super) const OPENSTACK: &str = "openstack-";

/// The longest name of an igroup, in characters.
pub(super) const LONGEST: usize = 96;

/// The highest number that a map takes (§9.2).
pub(super) const LAST_NUMBER: u16 = 4095;

/// What LUNs of clustered ONTAP begin their identity with: NAA 6, OUI 00:a0:98.
const NAA: &str = "600a0980";

/// What those of 7-Mode, and of what was moved from there, begin with.
const NAA_7_MODE: &str = "60a98000";

/// Whether a text can begin the names of igroups.
pub(super) fn is_prefix(text: &str) -> bool {
    !text.is_empty() && text.len() <= 32 && text.chars().all(is_plain)
}

fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-_.".contains(c)
}

/// The igroup of a node: prefix, node, and the protocol where it is not iSCSI, because the type of
/// an igroup never changes. A name that is too long is cut and told apart by a number.
pub(super) fn igroup_name(prefix: &str, node: &str, protocol: Protocol) -> String {
    let node: String = node
        .chars()
        .map(|c| if is_plain(c) { c } else { '-' })
        .collect();
    let suffix = match protocol {
        Protocol::Iscsi => "",
        Protocol::Fc => "-fcp",
    };
    let whole = format!("{prefix}{node}{suffix}");
    if whole.len() <= LONGEST {
        return whole;
    }
    let digest = md5::compute(node.as_bytes());
    let mut tail = String::from("-");
    for byte in digest.0.iter().take(4) {
        let _ = write!(tail, "{byte:02x}");
    }
    tail.push_str(suffix);
    let room = LONGEST.saturating_sub(prefix.len() + tail.len());
    let head: String = node.chars().take(room).collect();
    format!("{prefix}{head}{tail}")
}

/// The node that this tool gives an igroup of this name to; `None` = a name of others.
pub(super) fn node_of(prefix: &str, igroup: &str) -> Option<String> {
    let node = igroup.strip_prefix(prefix)?;
    let node = node.strip_suffix("-fcp").unwrap_or(node);
    (!node.is_empty()).then(|| node.to_owned())
}

/// The last part of a LUN's path; a name without a path is itself.
pub(super) fn base_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The identity that a node sees, from the serial number.
pub(super) fn wwid_of(serial: &str) -> Option<Wwid> {
    with_prefix(NAA, serial)
}

/// The identity of a LUN that came from 7-Mode, from the serial number it had there.
pub(super) fn wwid_of_7_mode(serial: &str) -> Option<Wwid> {
    with_prefix(NAA_7_MODE, serial)
}

fn with_prefix(prefix: &str, serial: &str) -> Option<Wwid> {
    if serial.len() != 12 || !serial.is_ascii() {
        return None;
    }
    let mut digits = prefix.to_owned();
    for byte in serial.bytes() {
        let _ = write!(digits, "{byte:02x}");
    }
    digits.parse().ok()
}

/// The serial number in an identity; `None` when it is no LUN of an ONTAP.
pub(super) fn serial_of(wwid: &Wwid) -> Option<String> {
    let digits = wwid.as_str();
    let hex = digits
        .strip_prefix(NAA)
        .or_else(|| digits.strip_prefix(NAA_7_MODE))?;
    let mut serial = String::new();
    let mut rest = hex;
    while let Some((pair, tail)) = rest.split_at_checked(2) {
        let byte = u8::from_str_radix(pair, 16).ok()?;
        if !byte.is_ascii_graphic() {
            return None;
        }
        serial.push(char::from(byte));
        rest = tail;
    }
    (serial.len() == 12).then_some(serial)
}

/// An initiator as every comparison wants it: an IQN in lower case, a WWPN without colons.
pub(super) fn initiator_key(name: &str) -> String {
    match name.parse::<Wwpn>() {
        Ok(wwpn) => wwpn.to_string(),
        Err(_) => name.trim().to_lowercase(),
    }
}

/// An initiator as the array writes it: WWPNs with colons.
pub(super) fn initiator_on_wire(name: &str) -> String {
    match name.parse::<Wwpn>() {
        Ok(wwpn) => with_colons(wwpn.as_str()),
        Err(_) => name.trim().to_lowercase(),
    }
}

fn with_colons(digits: &str) -> String {
    let mut text = String::new();
    for (index, c) in digits.chars().enumerate() {
        if index > 0 && index % 2 == 0 {
            text.push(':');
        }
        text.push(c);
    }
    text
}

/// The protocol that an initiator's name speaks of.
pub(super) fn protocol_of(initiator: &str) -> Protocol {
    match initiator.parse::<Wwpn>() {
        Ok(_) => Protocol::Fc,
        Err(_) => Protocol::Iscsi,
    }
}

/// What is left of a target's name when the maker's part is taken off: `sn.<32 hex>:vs.<n>`.
/// Stands for the SVM in journals, because every survey reads it anyway, over both interfaces.
pub(super) fn serial_of_target(name: &str) -> String {
    let bare = name.trim().to_lowercase();
    match bare.strip_prefix("iqn.1992-08.com.netapp:") {
        Some(rest) if !rest.is_empty() => rest.to_owned(),
        _ => initiator_key(&bare),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_serial_is_a_wwid_and_back() {
        let wwid = wwid_of("sn/7+Lab$x?2").unwrap();
        assert_eq!(wwid.as_str(), "600a0980736e2f372b4c616224783f32");
        assert_eq!(serial_of(&wwid).as_deref(), Some("sn/7+Lab$x?2"));
        let old = wwid_of_7_mode("sn/7+Lab$x?2").unwrap();
        assert_eq!(old.as_str(), "60a98000736e2f372b4c616224783f32");
        assert_eq!(serial_of(&old).as_deref(), Some("sn/7+Lab$x?2"));
        for bad in ["", "short", "thirteen-char", "ü/7+Lab$x?2"] {
            assert_eq!(wwid_of(bad), None, "{bad}");
        }
        for other in [
            "6a4c64f1001db63307a4e1700000001e",
            "600a098000000000000000000000000a",
        ] {
            assert_eq!(serial_of(&other.parse().unwrap()), None, "{other}");
        }
    }

    #[test]
    fn igroups_of_nodes() {
        assert_eq!(
            igroup_name(PREFIX, "compute-2", Protocol::Iscsi),
            "sanctl-compute-2"
        );
        assert_eq!(
            igroup_name(PREFIX, "a b/c", Protocol::Fc),
            "sanctl-a-b-c-fcp"
        );
        for name in ["sanctl-compute-2", "sanctl-compute-2-fcp"] {
            assert_eq!(node_of(PREFIX, name).as_deref(), Some("compute-2"));
        }
        assert_eq!(node_of(PREFIX, "openstack-9f"), None);
        let (one, two) = ("x".repeat(100), "x".repeat(101));
        let names = [&one, &two].map(|n| igroup_name(PREFIX, n, Protocol::Fc));
        assert!(names.iter().all(|n| n.len() == LONGEST), "{names:?}");
        assert_ne!(names[0], names[1]);
    }

    #[test]
    fn names_of_initiators_and_paths() {
        assert_eq!(
            initiator_key("IQN.1994-05.com.RedHat:C001"),
            "iqn.1994-05.com.redhat:c001"
        );
        for text in ["0x21000024ff30441c", "21:00:00:24:FF:30:44:1C"] {
            assert_eq!(initiator_key(text), "21000024ff30441c");
            assert_eq!(initiator_on_wire(text), "21:00:00:24:ff:30:44:1c");
        }
        assert_eq!(base_name("/vol/v/q/lun1"), "lun1");
        assert_eq!(base_name("plain"), "plain");
        assert_eq!(
            serial_of_target("iqn.1992-08.com.netapp:sn.5277:vs.5"),
            "sn.5277:vs.5"
        );
        assert_eq!(
            serial_of_target("20:00:00:a0:98:01:02:03"),
            "200000a098010203"
        );
    }
}
