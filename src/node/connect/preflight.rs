//! Whether this node could log in at all, looked at before an array is asked for anything: what is
//! made there for a node that cannot use it would only have to be taken back (linux-host.md §4,
//! step 1). Only where the answer is certain is it a no; whatever may start by itself (a module,
//! iscsid by its socket) is not missed.

use super::super::Error;
use super::super::fc;
use super::super::iscsi::session;
use super::super::multipath;
use super::super::multipath::config::{Blacklisted, Config, Prospect};
use super::super::processes;
use super::super::scsi::device::{Device, attribute};
use super::flush::id_of;
use super::session::other_luns;
use crate::kit::bounds::Bounds;
use crate::model::connection::Target;
use crate::model::facts::Facts;
use crate::model::ids::Wwid;
use crate::model::nouns::Protocol;
use crate::system::{Flavour, Machine};

/// open-iscsi's program.
const ISCSIADM: &str = "iscsiadm";
/// Any of these is there when the kernel's iSCSI classes are.
const LOADED: [&str; 4] = [
    "/sys/class/iscsi_transport",
    "/sys/class/iscsi_session",
    "/sys/class/iscsi_host",
    "/sys/module/iscsi_tcp",
];
/// Where iscsid listens, or systemd for it: an abstract socket of the network namespace.
const SOCKET: &[u8] = b"@ISCSIADM_ABSTRACT_NAMESPACE";
/// Where it stands how iscsiadm starts iscsid when nobody listens.
const CONFIG: &str = "/etc/iscsi/iscsid.conf";

/// This is there when systemd runs the machine.
const SYSTEMD: &str = "/run/systemd/system";

/// Fails when a login from this node cannot work.
///
/// # Errors
/// [`Error::NotRoot`], [`Error::NoIscsiadm`], [`Error::NoTransport`], [`Error::IscsidDown`].
pub(super) fn attach(machine: &dyn Machine) -> Result<(), Error> {
    if machine.flavour() != Flavour::Real {
        return Ok(());
    }
    require_root(machine)?;
    if !machine.has_program(ISCSIADM) {
        return Err(Error::NoIscsiadm);
    }
    if !has_transport(machine) {
        return Err(Error::NoTransport);
    }
    if !has_iscsid(machine) {
        return Err(Error::IscsidDown);
    }
    Ok(())
}

/// Fails when no LUN can come to this node over Fibre Channel.
///
/// # Errors
/// [`Error::NotRoot`], [`Error::NoHba`], and when sysfs cannot be read.
pub(super) fn attach_fc(machine: &dyn Machine) -> Result<(), Error> {
    require_root(machine)?;
    let (ports, _) = fc::list_ports(machine)?;
    if ports.is_empty() {
        return Err(Error::NoHba);
    }
    Ok(())
}

/// Kernel modules of the array makers' own multipathing, which takes the disks for itself.
const RIVALS: [(&str, &str); 3] = [
    ("nxup", "Huawei UltraPath"),
    ("emcp", "Dell PowerPath"),
    ("vxdmp", "Veritas DMP"),
];
/// Where multipath is configured.
const MULTIPATH_CONF: &str = "/etc/multipath.conf";

/// Fails when no multipath map of a LUN can be made on this node: looked at before anything is
/// changed, with what mends it (linux-host.md §6.3).
///
/// # Errors
/// [`Error::NoMultipath`], [`Error::Blacklisted`], and when multipathd does not end.
pub(super) fn multipath(
    machine: &dyn Machine,
    facts: &Facts,
    bounds: &Bounds,
) -> Result<(), Error> {
    let none = |why: String, mend: &[&str]| Error::NoMultipath {
        why,
        mend: mend.iter().map(|m| (*m).to_owned()).collect(),
    };
    let modules = machine.names("/sys/module")?;
    let rival = |(module, name): &(&str, &'static str)| {
        modules
            .iter()
            .any(|m| m.starts_with(module))
            .then_some(*name)
    };
    if let Some(rival) = RIVALS.iter().find_map(rival) {
        return Err(none(
            format!("{rival} manages the paths of this node"),
            &["attach with --multipath=no and let it make the device, or remove it from the node"],
        ));
    }
    if !machine.has_program("multipath") || !machine.has_program("multipathd") {
        return Err(none(
            "multipath and multipathd are not installed".into(),
            &[
                "install multipath-tools (Debian, Ubuntu, SUSE) or device-mapper-multipath (Fedora, RHEL)",
            ],
        ));
    }
    if !multipath::is_running(machine, bounds)? {
        let mut mend = vec!["systemctl enable --now multipathd"];
        // Some distributions do not start it without the file.
        if machine.stat(MULTIPATH_CONF).is_err() {
            mend.insert(
                0,
                "there is no /etc/multipath.conf: mpathconf --enable, or an empty file",
            );
        }
        return Err(none("multipathd does not run".into(), &mend));
    }
    let Some(config) = multipath::config(machine, bounds)? else {
        return Ok(());
    };
    let told = facts.lun.as_ref().map(|lun| &lun.wwid);
    let told = told.or_else(|| facts.connection.as_ref()?.wwid.as_ref());
    let id = told.map(Wwid::multipath);
    let prospect = Prospect {
        id: id.as_deref(),
        protocol: facts.connection.as_ref().map(|c| c.protocol),
        ..Prospect::default()
    };
    match config.find_blacklisted(&prospect) {
        Some(found) => Err(keeps_away(&found)),
        None => Ok(()),
    }
}

/// Why multipathd refused paths that are there now, if its configuration tells.
///
/// # Errors
/// When sysfs cannot be read.
pub(super) fn blacklisted(
    machine: &dyn Machine,
    config: &Config,
    wwid: &Wwid,
    paths: &[Device],
) -> Result<Option<Error>, Error> {
    let id = id_of(paths, wwid);
    for path in paths {
        let own = |name: &str| attribute(machine, &format!("{}/{name}", path.dir()));
        let (vendor, model) = (own("vendor")?, own("model")?);
        let port = format!("/sys/class/fc_host/host{}", path.hctl.host);
        let protocol = match machine.stat(&port) {
            Ok(_) => Protocol::Fc,
            Err(_) => Protocol::Iscsi,
        };
        let found = config.find_blacklisted(&Prospect {
            disk: path.disk.as_deref(),
            protocol: Some(protocol),
            id: Some(&id),
            product: vendor.as_deref().zip(model.as_deref()),
        });
        if let Some(found) = found {
            return Ok(Some(keeps_away(&found)));
        }
    }
    Ok(None)
}

fn keeps_away(found: &Blacklisted) -> Error {
    Error::Blacklisted {
        rule: format!("blacklist {{ {} }}", found.rule),
        mend: vec![
            format!(
                "{MULTIPATH_CONF}: blacklist_exceptions {{ {} }}, each brace ending its line; or \
                 strike out the rule",
                found.exception
            ),
            "multipathd reconfigure".into(),
        ],
    }
}

/// Fails when devices cannot be removed from this node, or a session that only they keep cannot be
/// ended.
///
/// # Errors
/// [`Error::NotRoot`], [`Error::NoIscsiadm`], and when sysfs cannot be read.
pub(super) fn detach(machine: &dyn Machine, targets: &[Target]) -> Result<(), Error> {
    if machine.flavour() != Flavour::Real {
        return Ok(());
    }
    require_root(machine)?;
    if machine.has_program(ISCSIADM) {
        return Ok(());
    }
    for target in targets {
        for session in session::list_at(machine, &target.at)? {
            if other_luns(machine, &session, None)?.len() <= 1 {
                return Err(Error::NoIscsiadm);
            }
        }
    }
    Ok(())
}

/// Fails unless this process may change the kernel's devices.
///
/// # Errors
/// [`Error::NotRoot`].
pub(super) fn require_root(machine: &dyn Machine) -> Result<(), Error> {
    if machine.flavour() != Flavour::Real {
        return Ok(());
    }
    let status = machine.text("/proc/self/status")?.unwrap_or_default();
    let effective = status
        .lines()
        .find_map(|line| line.strip_prefix("Uid:"))
        .and_then(|ids| ids.split_whitespace().nth(1));
    match effective {
        Some("0") | None => Ok(()),
        Some(_) => Err(Error::NotRoot),
    }
}

/// Whether the kernel has the driver, or can load it: iscsiadm does that at the first login.
fn has_transport(machine: &dyn Machine) -> bool {
    if LOADED.iter().any(|path| machine.stat(path).is_ok()) {
        return true;
    }
    let release = machine.text("/proc/sys/kernel/osrelease").ok().flatten();
    let Some(release) = release else { return true };
    let modules = format!("/lib/modules/{release}/modules.dep");
    match machine.read(&modules) {
        Ok(list) => contains(&list, b"/iscsi_tcp.ko"),
        Err(error) => !error.is_not_found(),
    }
}

/// Whether iscsid runs, is started by its socket, or could be started by iscsiadm.
fn has_iscsid(machine: &dyn Machine) -> bool {
    let Ok(sockets) = machine.read("/proc/net/unix") else {
        return true;
    };
    contains(&sockets, SOCKET)
        || processes::runs(machine, "iscsid").unwrap_or_default()
        || is_startable(machine)
}

/// `iscsid.startup = /bin/systemctl start iscsid.socket` helps where that program is.
fn is_startable(machine: &dyn Machine) -> bool {
    let Ok(Some(text)) = machine.text(CONFIG) else {
        return false;
    };
    let settings = text.lines().map(str::trim).filter(|l| !l.starts_with('#'));
    let mut pairs = settings.filter_map(|line| line.split_once('='));
    let startup = pairs.find(|(key, _)| key.trim() == "iscsid.startup");
    let program = startup.and_then(|(_, command)| command.split_whitespace().next());
    program.is_some_and(|program| {
        // Without systemd in charge its program starts nothing (sd_booted(3)).
        let idle = program.ends_with("/systemctl") && machine.stat(SYSTEMD).is_err();
        machine.stat(program).is_ok() && !idle
    })
}

fn contains(text: &[u8], part: &[u8]) -> bool {
    text.windows(part.len()).any(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture::{Fixture, Real};
    use super::*;
    use crate::kit::kind::{Failure, Kind};

    const UNIX: &str = "Num       RefCount Protocol Flags    Type St Inode Path\n\
        0000000000000000: 00000002 00000000 00010000 0001 01 1234 @ISCSIADM_ABSTRACT_NAMESPACE\n";

    /// Everything that a login needs.
    fn good() -> Fixture {
        let fixture = Fixture::recorded();
        fixture.file("/proc/self/status", "Name:\tsanctl\nUid:\t0\t0\t0\t0\n");
        fixture.file("/proc/net/unix", UNIX);
        fixture
    }

    fn ask(fixture: &Fixture) -> Option<Kind> {
        let real = Real::of(fixture, &["iscsiadm"]);
        attach(&real).err().map(|e| e.kind())
    }

    #[test]
    fn a_node_that_can_log_in() {
        assert_eq!(ask(&good()), None);
    }

    #[test]
    fn whoever_is_not_root_is_told_first() {
        let fixture = good();
        fixture.file("/proc/self/status", "Uid:\t1000\t1000\t1000\t1000\n");
        assert_eq!(ask(&fixture), Some(Kind::Denied));
        let real = Real::of(&fixture, &[]);
        assert!(matches!(detach(&real, &[]), Err(Error::NotRoot)));
        assert!(
            attach(&fixture.machine()).is_ok(),
            "nothing real is touched"
        );
    }

    #[test]
    fn iscsiadm_is_missed_where_a_session_must_end() {
        let fixture = good();
        let none = Real::of(&fixture, &[]);
        assert!(matches!(attach(&none), Err(Error::NoIscsiadm)));
        let session = session::list(&none).unwrap().remove(0);
        let target = Target {
            at: session.at().unwrap(),
            lun_number: None,
        };
        assert!(detach(&none, &[]).is_ok(), "no session, nothing to log out");
        assert!(
            detach(&none, std::slice::from_ref(&target)).is_ok(),
            "other LUNs keep the session"
        );
        fixture.remove("/sys/class/scsi_device/0:0:0:1");
        let error = detach(&none, &[target]).unwrap_err();
        assert_eq!(error.kind(), Kind::Unsupported);
    }

    #[test]
    fn a_driver_that_can_be_loaded_is_enough() {
        let fixture = Fixture::empty();
        fixture.file("/proc/self/status", "Uid:\t0\t0\t0\t0\n");
        fixture.file("/proc/net/unix", UNIX);
        assert_eq!(ask(&fixture), None, "nothing is known of this kernel");
        fixture.file("/proc/sys/kernel/osrelease", "6.1.0-1\n");
        assert_eq!(ask(&fixture), Some(Kind::Unsupported), "no such modules");
        let modules = "/lib/modules/6.1.0-1/modules.dep";
        fixture.file(modules, "kernel/fs/ext4/ext4.ko:\n");
        assert_eq!(ask(&fixture), Some(Kind::Unsupported));
        fixture.file(modules, "kernel/drivers/scsi/iscsi_tcp.ko.zst: kernel/x\n");
        assert_eq!(ask(&fixture), None);
    }

    #[test]
    fn iscsid_may_start_by_its_socket_or_by_iscsiadm() {
        let fixture = good();
        fixture.file("/proc/net/unix", "Num RefCount\n");
        assert_eq!(ask(&fixture), Some(Kind::Failed));
        fixture.file(
            CONFIG,
            "#iscsid.startup = /bin/false\niscsid.startup = /bin/systemctl start iscsid.socket\n",
        );
        assert_eq!(ask(&fixture), Some(Kind::Failed), "no such program");
        fixture.file("/bin/systemctl", "");
        assert_eq!(
            ask(&fixture),
            Some(Kind::Failed),
            "nobody does what it asks"
        );
        fixture.file("/run/systemd/system/x", "");
        assert_eq!(ask(&fixture), None);
        fixture.remove("/bin/systemctl");
        fixture.file("/proc/77/comm", "iscsid\n");
        assert_eq!(ask(&fixture), None, "it listens somewhere else");
    }
}
