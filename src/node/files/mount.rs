//! The step that mounts a share: at os-brick's place, so that one mount serves both, and never
//! unmounted unless it is ours and nobody needs it.

use std::time::Duration;

use super::look::first_line;
use super::{Error, Ground};
use crate::kit::bounds::Bounds;
use crate::kit::consent::Mutate;
use crate::model::facts::{Facts, MountFact};
use crate::model::other_connection::{ShareFile, ShareKind};
use crate::node::inuse::users_below;
use crate::node::mounts::{self, Mount};
use crate::step::{
    self, Aim, Change, Cx, Description, Error as StepError, Finding, Look, Made, Role, Step, Undone,
};
use crate::system::{self, Cmd, Machine, Output};

/// What one attempt to mount may take: mount.nfs itself tries for two minutes.
const MOUNT: Duration = Duration::from_secs(40);
/// What unmounting may take: what was written is sent first.
const UNMOUNT: Duration = Duration::from_secs(60);

/// The versions of NFS to ask for, one after the other; after these whatever server and node agree
/// on (linux-host.md §11).
const VERSIONS: [&str; 2] = ["vers=4,minorversion=2", "vers=4,minorversion=1"];

/// The program behind mount(8), and the packages that have it.
pub(super) fn needs(kind: ShareKind) -> (&'static str, &'static str) {
    match kind {
        ShareKind::Nfs => (
            "mount.nfs",
            "nfs-common (Debian, Ubuntu), nfs-client (SUSE) or nfs-utils (Fedora, RHEL)",
        ),
        ShareKind::Glusterfs => (
            "mount.glusterfs",
            "glusterfs-client (Debian, Ubuntu) or glusterfs-fuse (Fedora, RHEL)",
        ),
    }
}

/// The mount of a share at its place.
///
/// # Errors
/// [`Error::OtherMount`] when something else is mounted there.
pub(super) fn find(
    machine: &dyn Machine,
    file: &ShareFile,
) -> Result<Option<Mount>, super::super::Error> {
    let point = file.mount_point();
    let all = mounts::own(machine)?;
    let Some(mount) = all.into_iter().rfind(|mount| mount.point == point) else {
        return Ok(None);
    };
    let of_kind = match file.kind {
        ShareKind::Nfs => matches!(mount.kind.as_str(), "nfs" | "nfs4"),
        ShareKind::Glusterfs => mount.kind == "fuse.glusterfs",
    };
    if !of_kind || plain(&mount.source, file.kind) != plain(&file.share, file.kind) {
        let error = Error::OtherMount {
            point,
            found: format!("{} ({})", mount.source, mount.kind),
            wanted: format!("{} ({})", file.share, file.kind.word()),
        };
        return Err(error.into());
    }
    Ok(Some(mount))
}

/// A share as the kernel may show it: without a slash at its end, a volume of `GlusterFS` without
/// one before it.
fn plain(share: &str, kind: ShareKind) -> String {
    let share = share.trim_end_matches('/');
    match kind {
        ShareKind::Nfs => share.to_owned(),
        ShareKind::Glusterfs => share.replacen(":/", ":", 1),
    }
}

/// The commands to mount a share, to be tried one after the other.
fn attempts(file: &ShareFile) -> Vec<Cmd> {
    let mount = |more: Option<&str>| {
        let options: Vec<&str> = file
            .options
            .iter()
            .map(String::as_str)
            .chain(more)
            .collect();
        let mut args = vec!["-t".to_owned(), file.kind.word().to_owned()];
        if !options.is_empty() {
            args.extend(["-o".to_owned(), options.join(",")]);
        }
        args.extend([file.share.clone(), file.mount_point()]);
        Cmd::new("mount", args)
    };
    match file.kind {
        ShareKind::Nfs if !file.tells_version() => VERSIONS
            .iter()
            .map(|version| mount(Some(version)))
            .chain([mount(None)])
            .collect(),
        _ => vec![mount(None)],
    }
}

pub(super) struct MountStep {
    ground: Ground,
    file: ShareFile,
    point: String,
}

impl MountStep {
    pub(super) fn new(ground: &Ground, file: &ShareFile) -> Self {
        Self {
            ground: ground.clone(),
            point: file.mount_point(),
            file: file.clone(),
        }
    }

    fn find(&self) -> Result<Option<Mount>, super::super::Error> {
        find(self.ground.machine(), &self.file)
    }

    fn boot_id(&self) -> Option<String> {
        let path = "/proc/sys/kernel/random/boot_id";
        let text = self.ground.machine().text(path).ok().flatten();
        text.filter(|id| !id.is_empty())
    }

    fn facts(&self, mount: &Mount) -> Facts {
        Facts {
            mount: Some(MountFact {
                point: self.point.clone(),
                id: mount.id,
                boot_id: self.boot_id(),
            }),
            ..self.ground.facts()
        }
    }

    /// Whether the mount that is there is the one on record. One that was made since the node was
    /// started anew, or after somebody had unmounted ours, is not.
    fn is_on_record(&self, mount: &Mount, facts: &Facts) -> bool {
        match &facts.mount {
            Some(known) if known.point == self.point => {
                known.id == mount.id && known.boot_id == self.boot_id()
            }
            // A run that was cut off has told nothing of it but that it began.
            _ => true,
        }
    }

    fn run(
        &self,
        cmd: &Cmd,
        span: Duration,
        bounds: &Bounds,
        mutate: &Mutate,
    ) -> Result<Output, StepError> {
        let bounds = bounds.at_most(span, "mount or umount");
        let answer = self.ground.machine().exec_change(cmd, &bounds, mutate);
        answer.map_err(|error| match error {
            system::Error::Ended { .. }
            | system::Error::Stuck { .. }
            | system::Error::Io { .. } => step::Error::in_doubt(error),
            other => other.into(),
        })
    }

    /// Mounts it by the first way that works.
    fn mount(&self, cx: &Cx<'_>, mutate: &Mutate) -> Result<Change, StepError> {
        let made = Cmd::new("mkdir", ["-p", "--", &self.point]);
        let answer = self.run(&made, MOUNT, cx.bounds, mutate)?;
        if answer.code != 0 {
            let error = Error::NoPoint {
                point: self.point.clone(),
                said: first_line(&answer.stderr),
            };
            return Err(error.into());
        }
        let mut refused = None;
        for cmd in attempts(&self.file) {
            cx.bounds.check().map_err(super::super::Error::from)?;
            let answer = self.run(&cmd, MOUNT, cx.bounds, mutate)?;
            // Whatever was answered, the kernel knows better.
            if let Some(mount) = self.find()? {
                let facts = self.facts(&mount);
                let said = answer.stderr.to_lowercase();
                let already = said.contains("already mounted") || said.contains("busy");
                return Ok(match answer.code != 0 && already {
                    true => Change::Adopted(facts),
                    false => Change::Created(facts),
                });
            }
            refused = Some(Error::Mount {
                share: self.file.share.clone(),
                said: match answer.code {
                    0 => "mount said yes, and nothing is mounted".to_owned(),
                    _ => first_line(&answer.stderr),
                },
                command: cmd.to_string(),
            });
        }
        Err(match refused {
            Some(error) => error.into(),
            None => StepError::from(Error::Mount {
                share: self.file.share.clone(),
                said: "no way to mount it".into(),
                command: "mount".into(),
            }),
        })
    }

    fn users(&self) -> Result<Option<String>, super::super::Error> {
        let users = users_below(self.ground.machine(), &self.point)?;
        Ok((!users.is_empty()).then(|| users.join(", ")))
    }

    /// What would be unmounted; `None` when ours is gone, even if another stands in its place.
    fn ours(&self, facts: &Facts) -> Result<Option<Mount>, super::super::Error> {
        let found = match self.find() {
            Err(super::super::Error::Files(error))
                if matches!(*error, Error::OtherMount { .. }) =>
            {
                None
            }
            found => found?,
        };
        Ok(found.filter(|mount| self.is_on_record(mount, facts)))
    }
}

impl Step for MountStep {
    fn key(&self) -> &str {
        "node.mount"
    }

    fn object(&self) -> Option<String> {
        Some(format!("mount:{}", self.point))
    }

    fn role(&self) -> Role {
        Role::Container
    }

    fn carries(&self, object: &str) -> bool {
        let file = object.strip_prefix("file:");
        file.is_some_and(|file| mounts::is_below(file, &self.point))
    }

    fn describe(&self, _facts: &Facts, aim: Aim) -> Description {
        let unmount = Cmd::new("umount", [self.point.as_str()]).to_string();
        if aim == Aim::Detach {
            return Description {
                title: format!("unmount {}", self.file.share),
                why: "it was mounted for files that nobody uses any more".into(),
                verbs: vec![self.ground.commands.detach.clone()],
                wire: vec![unmount],
            };
        }
        let tries: Vec<String> = attempts(&self.file).iter().map(Cmd::to_string).collect();
        let folder = Cmd::new("mkdir", ["-p", "--", &self.point]).to_string();
        Description {
            title: format!("mount {} on {}", self.file.share, self.point),
            why: format!("{} is a file of it", self.file.name),
            verbs: vec![format!("{} --step node.mount", self.ground.commands.attach)],
            wire: vec![folder, tries.join(" || ")],
        }
    }

    fn kept_by(&self, cx: &Cx<'_>) -> Result<Option<String>, StepError> {
        match self.ours(cx.facts)? {
            Some(_) => Ok(self.users()?),
            None => Ok(None),
        }
    }

    fn check(&self, _cx: &Cx<'_>, _look: Look) -> Result<Finding, StepError> {
        Ok(match self.find() {
            Ok(Some(mount)) => {
                let seen = format!("{} on {} ({})", mount.source, mount.point, mount.kind);
                Finding::present(seen, self.facts(&mount))
            }
            Ok(None) => Finding::absent(format!("{} is not mounted", self.file.share)),
            Err(super::super::Error::Files(error)) => Finding::unknown(error.to_string()),
            Err(error) => return Err(error.into()),
        })
    }

    fn apply(&self, cx: &Cx<'_>, mutate: &Mutate) -> Result<Change, StepError> {
        self.ground.require_root("mount a share")?;
        match self.find()? {
            Some(mount) => Ok(Change::Adopted(self.facts(&mount))),
            None => self.mount(cx, mutate),
        }
    }

    fn undo(&self, cx: &Cx<'_>, _made: &Made, mutate: &Mutate) -> Result<Undone, StepError> {
        self.ground.require_root("unmount a share")?;
        if self.ours(cx.facts)?.is_none() {
            return Ok(Undone::AlreadyGone);
        }
        if let Some(by) = self.users()? {
            return Ok(Undone::StillInUse { by });
        }
        // Neither lazily nor by force: the kernel refuses while anybody is in it.
        let cmd = Cmd::new("umount", [self.point.as_str()]);
        let answer = self.run(&cmd, UNMOUNT, cx.bounds, mutate)?;
        let left = self.ours(cx.facts)?.is_some();
        match (left, answer.code) {
            (false, 0) => Ok(Undone::Removed),
            (false, _) => Ok(Undone::AlreadyGone),
            (true, _) if answer.stderr.contains("busy") => Ok(Undone::StillInUse {
                by: "somebody whom no list shows: umount says that it is busy".into(),
            }),
            (true, _) => {
                let error = Error::Unmount {
                    point: self.point.clone(),
                    said: first_line(&answer.stderr),
                };
                Err(error.into())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::node::fixture::Fixture;

    fn file(kind: ShareKind, share: &str, options: &[&str]) -> ShareFile {
        ShareFile {
            kind,
            share: share.into(),
            name: "v".into(),
            options: options.iter().map(|o| (*o).to_owned()).collect(),
            base: "/mnt".into(),
        }
    }

    #[test]
    fn versions_are_tried_from_the_newest_unless_one_is_told() {
        let lines = |file: &ShareFile| -> Vec<String> {
            let point = file.mount_point();
            let lines = attempts(file).into_iter().map(|cmd| cmd.to_string());
            lines.map(|line| line.replace(&point, "POINT")).collect()
        };
        assert_eq!(
            lines(&file(ShareKind::Nfs, "nas:/vols", &[])),
            [
                "mount -t nfs -o vers=4,minorversion=2 nas:/vols POINT",
                "mount -t nfs -o vers=4,minorversion=1 nas:/vols POINT",
                "mount -t nfs nas:/vols POINT",
            ]
        );
        assert_eq!(
            lines(&file(ShareKind::Nfs, "nas:/vols", &["nolock"]))[1..],
            [
                "mount -t nfs -o nolock,vers=4,minorversion=1 nas:/vols POINT",
                "mount -t nfs -o nolock nas:/vols POINT",
            ]
        );
        assert_eq!(
            lines(&file(ShareKind::Nfs, "nas:/vols", &["vers=3"])),
            ["mount -t nfs -o vers=3 nas:/vols POINT"]
        );
        assert_eq!(
            lines(&file(ShareKind::Glusterfs, "nas:/vol", &[])),
            ["mount -t glusterfs nas:/vol POINT"]
        );
    }

    #[test]
    fn a_mount_is_the_shares_own_or_a_stranger() {
        let nfs = |share: &str| file(ShareKind::Nfs, share, &[]);
        let gluster = |share: &str| file(ShareKind::Glusterfs, share, &[]);
        for (file, kind, source, fits) in [
            (nfs("nas:/vols"), "nfs4", "nas:/vols", true),
            (nfs("nas:/vols/"), "nfs", "nas:/vols", true),
            (nfs("nas:/a b"), "nfs4", "nas:/a\\040b", true),
            (nfs("nas:/vols"), "nfs4", "nas:/other", false),
            (nfs("nas:/vols"), "ext4", "nas:/vols", false),
            (gluster("nas:vol"), "fuse.glusterfs", "nas:/vol", true),
            (gluster("nas:/vol"), "fuse.glusterfs", "nas:vol", true),
            (gluster("nas:/vol"), "fuse", "nas:/vol", false),
        ] {
            let fixture = Fixture::empty();
            let point = file.mount_point();
            let line = format!("41 20 0:51 / {point} rw - {kind} {source} rw\n");
            fixture.file("/proc/self/mountinfo", &line);
            let found = find(&fixture.machine(), &file);
            assert_eq!(found.is_ok_and(|m| m.is_some()), fits, "{line}");
            // Something over it hides it.
            let over = format!("{line}42 41 0:9 / {point} rw - tmpfs none rw\n");
            fixture.file("/proc/self/mountinfo", &over);
            assert!(find(&fixture.machine(), &file).is_err(), "{over}");
            fixture.file("/proc/self/mountinfo", "");
            assert_eq!(find(&fixture.machine(), &file).unwrap(), None);
        }
    }
}
