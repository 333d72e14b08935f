//! Which virtual machines of libvirt have which disks, running or only defined, from the files that
//! libvirt keeps (linux-host.md §7, §10): no daemon is asked, and none need run.

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use crate::system::Machine;

/// Where the live state of running domains is, and where the definitions are.
const PLACES: [(&str, Life); 2] = [
    ("/run/libvirt/qemu", Life::Running),
    ("/etc/libvirt/qemu", Life::Defined),
];
/// The deepest nesting that is read; a domain has about ten levels.
const DEEPEST: usize = 64;

/// Whether a domain runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Life {
    /// It runs, and this is what it has now.
    Running,
    /// This is what it gets at its next start.
    Defined,
}

/// A domain with its disks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Domain {
    /// Its name.
    pub name: String,
    /// Whether it runs.
    pub life: Life,
    /// Its disks.
    pub disks: Vec<Disk>,
}

/// A disk of a domain.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Disk {
    /// What the guest knows it as: `vdb`.
    pub target: Option<String>,
    /// The files and devices of this node that it is made of, as the definition names them.
    pub sources: Vec<String>,
}

/// All domains that libvirt knows, the running first. What cannot be looked at or read is passed
/// over: only root may, and whoever may not look there may not detach either.
pub fn list(machine: &dyn Machine) -> Vec<Domain> {
    let mut found = Vec::new();
    for (dir, life) in PLACES {
        for name in machine.names(dir).unwrap_or_default() {
            let Some(stem) = name.strip_suffix(".xml") else {
                continue;
            };
            let text = machine.text(&format!("{dir}/{name}")).ok().flatten();
            let read = text.and_then(|text| parse(&text));
            found.extend(read.map(|(name, disks)| Domain {
                name: name.unwrap_or_else(|| stem.to_owned()),
                life,
                disks,
            }));
        }
    }
    found
}

/// The name of a domain and its disks; `None` when the text is no XML to the end. Nothing outside
/// the five predefined entities is resolved.
fn parse(text: &str) -> Option<(Option<String>, Vec<Disk>)> {
    let mut reader = Reader::from_str(text);
    let mut open: Vec<String> = Vec::new();
    let mut name: Option<String> = None;
    let mut disks: Vec<Disk> = Vec::new();
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) => {
                take(&start, &open, &mut disks)?;
                open.push(start.local_name().into_inner().to_owned());
                if open.len() > DEEPEST {
                    return None;
                }
            }
            Event::Empty(start) => take(&start, &open, &mut disks)?,
            Event::End(_) => drop(open.pop()?),
            Event::Text(text) if is_at(&open, &["domain", "name"]) => {
                name.get_or_insert_default().push_str(&text.xml10_content());
            }
            Event::GeneralRef(reference) if is_at(&open, &["domain", "name"]) => {
                let character = match &*reference.xml10_content() {
                    "lt" => '<',
                    "gt" => '>',
                    "amp" => '&',
                    "quot" => '"',
                    "apos" => '\'',
                    _ => reference.resolve_char_ref().ok()??,
                };
                name.get_or_insert_default().push(character);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    open.is_empty().then_some((name, disks))
}

/// Whether the innermost open elements are these.
fn is_at(open: &[String], names: &[&str]) -> bool {
    open.len() >= names.len()
        && open
            .iter()
            .rev()
            .zip(names.iter().rev())
            .all(|(a, b)| a == b)
}

/// What an element that begins says of a disk. A disk may stand on others (`backingStore`) and be
/// copied to others (`mirror`): all of them are in use.
fn take(start: &BytesStart<'_>, open: &[String], disks: &mut Vec<Disk>) -> Option<()> {
    let name: &str = start.local_name().into_inner();
    if name == "disk" && is_at(open, &["domain", "devices"]) {
        disks.push(Disk::default());
        return Some(());
    }
    let within = open.iter().any(|above| above == "disk");
    let Some(disk) = disks.last_mut().filter(|_| within) else {
        return Some(());
    };
    for attribute in start.attributes() {
        let attribute = attribute.ok()?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?;
        let key: &str = attribute.key.local_name().into_inner();
        match (name, key) {
            ("source", "dev" | "file") => disk.sources.push(value.into_owned()),
            ("target", "dev") if is_at(open, &["devices", "disk"]) => {
                disk.target = Some(value.into_owned());
            }
            _ => {}
        }
    }
    Some(())
}

/// Whether the last part of a path in `/dev` is a name that udev or multipath makes of `wwid`
/// (`scsi-3W`, `wwn-0xW`, `dm-uuid-mpath-3W`, `3W`, each perhaps with a partition).
pub fn is_named_after(path: &str, wwid: &str) -> bool {
    let last = path.rsplit('/').next().unwrap_or(path);
    path.starts_with("/dev/")
        && last.split('-').any(|word| {
            let bare = word.strip_prefix("0x").or_else(|| word.strip_prefix('3'));
            word == wwid || bare == Some(wwid)
        })
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests read what was captured")]
mod tests {
    use std::sync::Arc;

    use super::super::fixture::Fixture;
    use super::*;
    use crate::system::captured::Captured;
    use crate::system::recorder::Recorder;

    const DEFINED: &str = "<!--\nWARNING: THIS IS AN AUTO-GENERATED FILE.\n-->\n\n\
        <domain type='kvm'>\n  <name>web &amp; db</name>\n  <uuid>4dea22b3</uuid>\n  <devices>\n\
        <emulator>/usr/bin/kvm</emulator>\n\
        <disk type='file' device='disk'><driver name='qemu' type='qcow2'/>\
        <source file='/srv/a&apos;b'/><backingStore type='file'><source file='/srv/base'/>\
        </backingStore><target dev='vda' bus='virtio'/></disk>\n\
        <disk type='block' device='disk'><source dev='/dev/mapper/36001405a'/>\
        <target dev='vdb' bus='virtio'/></disk>\n\
        <disk type='network' device='disk'><source protocol='rbd' name='p/v'/>\
        <target dev='vdc'/></disk>\n\
        <interface type='bridge'><source dev='eth0'/><target dev='vnet0'/></interface>\n\
        </devices></domain>\n";

    #[test]
    fn a_definition_and_a_live_state_are_read() {
        let (name, disks) = parse(DEFINED).unwrap();
        assert_eq!(name.as_deref(), Some("web & db"));
        let told: Vec<_> = disks
            .iter()
            .map(|d| (d.target.as_deref().unwrap(), d.sources.join(" ")))
            .collect();
        assert_eq!(
            told,
            [
                ("vda", "/srv/a'b /srv/base".to_owned()),
                ("vdb", "/dev/mapper/36001405a".to_owned()),
                ("vdc", String::new())
            ]
        );
        let live = format!(
            "<domstatus state='running' pid='7'><monitor path='/x'/>{}</domstatus>",
            DEFINED.split_once("-->").unwrap().1
        );
        assert_eq!(parse(&live).unwrap(), (name, disks));
    }

    #[test]
    fn what_is_no_xml_is_passed_over() {
        for text in [
            "<domain><name>x</name>",
            "<a></b>",
            "<domain><devices><disk><source dev></source></disk></devices></domain>",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
        let deep = "<a>".repeat(100) + &"</a>".repeat(100);
        assert_eq!(parse(&deep), None);
        let fixture = Fixture::empty();
        fixture.file("/etc/libvirt/qemu/bad.xml", "<domain>");
        fixture.file("/etc/libvirt/qemu/web.xml", DEFINED);
        fixture.file("/etc/libvirt/qemu/networks/default.xml", "<network/>");
        fixture.file("/run/libvirt/qemu/web.pid", "7\n");
        let found = list(&fixture.machine());
        let names: Vec<_> = found.iter().map(|d| (d.name.as_str(), d.life)).collect();
        assert_eq!(names, [("web & db", Life::Defined)]);
    }

    /// What a person may have put into a domain: a secret in every place that can hold text.
    const SECRETIVE: &str = "<?xml version='1.0'?><!-- canary --><!DOCTYPE canary>\
        <domstatus state='canary'><monitor path='canary'/><token>canary</token>\
        <domain type='kvm' id='canary' xmlns:qemu='http://canary'><!-- canary -->\
        <name>web &lt; db</name><title>canary</title><description>canary</description>\
        <metadata><my:pass xmlns:my='u'>canary</my:pass></metadata>\
        <os><kernel>/canary</kernel><cmdline>pw=canary</cmdline></os>\
        <devices note='canary'>canary<disk type='network' device='disk'>\
        <driver name='qemu' canary='canary'/><auth username='canary'>\
        <secret type='ceph' usage='canary'/></auth><source protocol='https' query='canary'>\
        <cookies><cookie name='a'>canary</cookie></cookies></source>\
        <encryption format='luks'><secret type='passphrase' uuid='canary'/></encryption>\
        <serial>canary</serial><target dev='vda' bus='canary'/></disk>\
        <disk type='block'><source dev='/dev/sd&#97;'/><mirror><source file='/srv/m'/></mirror>\
        <backingStore><source file='/srv/b'/></backingStore><target dev='vdb'/></disk>\
        <graphics type='vnc' passwd='canary'><listen address='canary'/></graphics>\
        <graphics type='spice' passwd='canary'/><channel><source path='/canary'/></channel>\
        </devices><qemu:commandline><qemu:arg value='-object'/>\
        <qemu:arg value='secret,data=canary'/><qemu:env name='P' value='canary'/>\
        </qemu:commandline><![CDATA[canary]]></domain></domstatus>\n";

    #[test]
    fn a_capture_has_no_secret_of_a_guest_and_answers_the_same() {
        let fixture = Fixture::empty();
        for place in ["/run/libvirt/qemu/web.xml", "/etc/libvirt/qemu/web.xml"] {
            fixture.file(place, SECRETIVE);
        }
        fixture.file("/etc/libvirt/qemu/bad.xml", "<domain><name>canary</name>");
        let machine: Arc<dyn Machine> = Arc::new(fixture.machine());
        let told = list(&*machine);
        assert_eq!(told.len(), 2);
        assert_eq!(told[0].disks[1].sources, ["/dev/sda", "/srv/m", "/srv/b"]);
        let out = tempfile::tempdir().unwrap();
        let root = out.path().join("capture");
        let recorder = Recorder::new(machine, &root).unwrap();
        assert_eq!(list(&recorder), told);
        recorder.finish(|_| {}).unwrap();
        let mut folders = vec![root.clone()];
        let mut files = 0;
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    files += 1;
                    let text = std::fs::read_to_string(&path).unwrap();
                    assert!(!text.contains("canary"), "{}: {text}", path.display());
                }
            }
        }
        assert!(files > 3, "{files}");
        assert_eq!(list(&Captured::open(&root).unwrap()), told);
    }

    #[test]
    fn names_of_a_wwid() {
        let wwid = "6001405aaaa000100004000800000000";
        for path in [
            "/dev/disk/by-id/scsi-36001405aaaa000100004000800000000",
            "/dev/disk/by-id/scsi-36001405aaaa000100004000800000000-part1",
            "/dev/disk/by-id/wwn-0x6001405aaaa000100004000800000000",
            "/dev/disk/by-id/dm-uuid-mpath-36001405aaaa000100004000800000000",
            "/dev/mapper/36001405aaaa000100004000800000000",
        ] {
            assert!(is_named_after(path, wwid), "{path}");
        }
        for path in [
            "/dev/mapper/36001405aaaa0001000040008000000001",
            "/dev/sda",
            "/srv/36001405aaaa000100004000800000000",
        ] {
            assert!(!is_named_after(path, wwid), "{path}");
        }
    }
}
