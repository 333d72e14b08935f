//! A configfs that refuses what the kernel refuses, as seen in the lab.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use crate::sim::lio::tree::Tree;

#[derive(Debug, Clone, PartialEq, Eq)]
enum Node {
    /// Made by mkdir.
    Dir,
    /// The kernel's own, gone with the directory it is in.
    Part,
    File(String),
    Link(String),
}

#[derive(Debug, Default)]
struct State {
    nodes: BTreeMap<String, Node>,
    backing: BTreeMap<PathBuf, u64>,
    acts: Vec<String>,
    /// The act with this number fails, without doing anything.
    fail_at: Option<usize>,
}

/// Clones are handles of one kernel.
#[derive(Debug, Clone, Default)]
pub(super) struct Kernel(Arc<Mutex<State>>);

fn error(kind: io::ErrorKind) -> io::Error {
    kind.into()
}

/// The parts of a path that is a target port group, if it is below one: what is after `tpgt_N`.
fn below_group(path: &str) -> Option<Vec<&str>> {
    let parts: Vec<&str> = path.split('/').collect();
    (parts.len() >= 3 && parts[0] == "iscsi" && parts[2].starts_with("tpgt_"))
        .then(|| parts[3..].to_vec())
}

impl State {
    fn begin(&mut self, act: String) -> io::Result<()> {
        let now = self.acts.len();
        self.acts.push(act);
        if self.fail_at == Some(now) {
            return Err(io::Error::other("injected"));
        }
        Ok(())
    }

    fn part(&mut self, dir: &str, files: &[(&str, &str)], parts: &[&str]) {
        for part in parts {
            self.nodes.insert(format!("{dir}/{part}"), Node::Part);
        }
        for (file, text) in files {
            let node = Node::File((*text).to_owned());
            self.nodes.insert(format!("{dir}/{file}"), node);
        }
    }

    fn parent(&self, path: &str) -> io::Result<()> {
        let (dir, _) = path.rsplit_once('/').unwrap();
        match self.nodes.get(dir) {
            Some(Node::Dir | Node::Part) => Ok(()),
            _ => Err(error(io::ErrorKind::NotFound)),
        }
    }

    fn children(&self, dir: &str) -> Vec<(String, Node)> {
        let prefix = format!("{dir}/");
        let below = self.nodes.iter().filter(|(p, _)| p.starts_with(&prefix));
        below.map(|(p, n)| (p.clone(), n.clone())).collect()
    }

    fn links_to(&self, target: &str) -> bool {
        self.nodes
            .values()
            .any(|n| matches!(n, Node::Link(to) if to == target))
    }

    fn mkdir(&mut self, dir: &str) -> io::Result<()> {
        if self.nodes.contains_key(dir) {
            return Err(error(io::ErrorKind::AlreadyExists));
        }
        if dir != "iscsi" {
            self.parent(dir)?;
        }
        let parts: Vec<&str> = dir.split('/').collect();
        let group = below_group(dir);
        match (parts.as_slice(), group.as_deref()) {
            (["core", hba], _) if hba.starts_with("fileio_") => {}
            (["core", _, _], _) => {
                let wwn = [
                    ("control", ""),
                    ("enable", "0"),
                    ("wwn/company_id", "0x001405"),
                    ("wwn/vendor_id", "LIO-ORG"),
                    ("wwn/product_id", "FILEIO"),
                    ("wwn/vpd_unit_serial", "T10 VPD Unit Serial Number:"),
                ];
                self.part(dir, &wwn, &["wwn", "attrib"]);
            }
            (["iscsi"], _) => self.part(dir, &[("lio_version", "x")], &["discovery_auth"]),
            (["iscsi", iqn], _) if iqn.starts_with("iqn.") => {
                self.part(dir, &[], &["fabric_statistics"]);
            }
            (_, Some([])) => {
                let files = [
                    ("enable", "0"),
                    ("param/TargetAlias", "LIO Target"),
                    ("attrib/authentication", "1"),
                ];
                self.part(dir, &files, &["param", "attrib", "np", "lun", "acls"]);
            }
            (_, Some(["np", _])) => self.part(dir, &[("iser", "0")], &[]),
            (_, Some(["lun", lun])) if lun.starts_with("lun_") => {
                self.part(dir, &[("alua_tg_pt_gp", "")], &["statistics"]);
            }
            (_, Some(["acls", name])) => {
                let none = format!("No active iSCSI Session for Initiator Endpoint: {name}");
                let files = [
                    ("info", none.as_str()),
                    ("attrib/authentication", "-1"),
                    ("auth/userid", ""),
                    ("auth/password", ""),
                ];
                self.part(dir, &files, &["attrib", "auth"]);
            }
            (_, Some(["acls", _, lun])) if lun.starts_with("lun_") => {
                self.part(dir, &[("write_protect", "0")], &["statistics"]);
            }
            _ => return Err(error(io::ErrorKind::PermissionDenied)),
        }
        self.nodes.insert(dir.to_owned(), Node::Dir);
        Ok(())
    }

    fn rmdir(&mut self, dir: &str) -> io::Result<()> {
        match self.nodes.get(dir) {
            Some(Node::Dir) => {}
            Some(_) => return Err(error(io::ErrorKind::PermissionDenied)),
            None => return Err(error(io::ErrorKind::NotFound)),
        }
        let below = self.children(dir);
        if below
            .iter()
            .any(|(_, n)| matches!(n, Node::Dir | Node::Link(_)))
        {
            return Err(error(io::ErrorKind::DirectoryNotEmpty));
        }
        if self.links_to(dir) {
            return Err(error(io::ErrorKind::ResourceBusy));
        }
        for (path, _) in below {
            self.nodes.remove(&path);
        }
        self.nodes.remove(dir);
        Ok(())
    }

    fn write(&mut self, file: &str, value: &str) -> io::Result<()> {
        let Some(Node::File(_)) = self.nodes.get(file) else {
            return Err(error(io::ErrorKind::NotFound));
        };
        let invalid = || error(io::ErrorKind::InvalidInput);
        if let Some((store, _)) = file.split_once("/wwn/")
            && self.links_to(store)
        {
            return Err(invalid());
        }
        if file.starts_with("core/") && file.ends_with("/enable") {
            let store = file.strip_suffix("/enable").unwrap();
            let told = self.nodes.get(&format!("{store}/control"));
            if told == Some(&Node::File(String::new())) {
                return Err(invalid());
            }
        }
        let value = match file.rsplit('/').next().unwrap() {
            "vpd_unit_serial" => format!("T10 VPD Unit Serial Number: {value}"),
            _ => value.to_owned(),
        };
        self.nodes.insert(file.to_owned(), Node::File(value));
        Ok(())
    }

    fn symlink(&mut self, target: &str, link: &str) -> io::Result<()> {
        if self.nodes.get(target) != Some(&Node::Dir) {
            return Err(error(io::ErrorKind::NotFound));
        }
        let (dir, _) = link.rsplit_once('/').unwrap();
        self.parent(link)?;
        let linked = |dir: &str| {
            let mut below = self.children(dir).into_iter();
            below.any(|(_, n)| matches!(n, Node::Link(_)))
        };
        if linked(dir) {
            return Err(error(io::ErrorKind::AlreadyExists));
        }
        let ready = match below_group(link).as_deref() {
            Some(["lun", ..]) => {
                let on = self.nodes.get(&format!("{target}/enable"));
                on == Some(&Node::File("1".to_owned()))
            }
            Some(["acls", ..]) => {
                let group = |path: &str| path.split('/').take(3).collect::<Vec<_>>().join("/");
                linked(target) && group(target) == group(link)
            }
            _ => false,
        };
        if !ready {
            return Err(error(io::ErrorKind::InvalidInput));
        }
        self.nodes
            .insert(link.to_owned(), Node::Link(target.to_owned()));
        Ok(())
    }
}

impl Kernel {
    /// A kernel with the target core, and nothing else.
    pub(super) fn new() -> Self {
        let kernel = Self::default();
        let core = ("core".to_owned(), Node::Part);
        kernel.0.lock().unwrap().nodes.extend([core]);
        kernel
    }

    /// The acts since the last call.
    pub(super) fn acts(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap().acts)
    }

    pub(super) fn fail_at(&self, act: Option<usize>) {
        let mut state = self.0.lock().unwrap();
        state.fail_at = act;
        state.acts.clear();
    }

    /// What somebody made, and what it is set to, one line each.
    pub(super) fn dump(&self) -> Vec<String> {
        let state = self.0.lock().unwrap();
        let line = |(path, node): (&String, &Node)| match node {
            Node::Dir => Some(format!("{path}/")),
            Node::Part => None,
            Node::File(text) => Some(format!("{path} = {text}")),
            Node::Link(to) => Some(format!("{path} -> {to}")),
        };
        state.nodes.iter().filter_map(line).collect()
    }

    /// Sets an attribute from behind; the directory has to be there.
    pub(super) fn set(&self, file: &str, text: &str) {
        let mut state = self.0.lock().unwrap();
        let there = state
            .nodes
            .insert(file.to_owned(), Node::File(text.to_owned()));
        assert!(there.is_some(), "no {file}");
    }

    pub(super) fn log_in(&self, acl: &str) {
        let words = "LIO Session ID: 1\nSession State: TARG_SESS_STATE_LOGGED_IN";
        self.set(&format!("{acl}/info"), words);
    }

    /// How long the file of a LUN was made.
    pub(super) fn backing(&self, file: &str) -> Option<u64> {
        self.0.lock().unwrap().backing.get(Path::new(file)).copied()
    }
}

impl Tree for Kernel {
    fn list(&self, dir: &str) -> io::Result<Vec<String>> {
        let state = self.0.lock().unwrap();
        let prefix = format!("{dir}/");
        let names = state.nodes.keys().filter_map(|p| p.strip_prefix(&prefix));
        let names = names.filter(|name| !name.contains('/'));
        Ok(names.map(str::to_owned).collect())
    }

    fn read(&self, file: &str) -> io::Result<String> {
        let state = self.0.lock().unwrap();
        if let Some(store) = file
            .strip_suffix("/info")
            .filter(|f| f.starts_with("core/"))
        {
            let Some(Node::File(told)) = state.nodes.get(&format!("{store}/control")) else {
                return Err(error(io::ErrorKind::NotFound));
            };
            let mut words = "Status: ACTIVATED  TCM FILEIO ID: 0".to_owned();
            if let Some((name, size)) = told.split_once(",fd_dev_size=") {
                let name = name.strip_prefix("fd_dev_name=").unwrap();
                words.push_str(&format!(
                    "        File: {name}  Size: {size}  Mode: O_DSYNC"
                ));
            }
            return Ok(words);
        }
        match state.nodes.get(file) {
            Some(Node::File(text)) => Ok(text.trim().to_owned()),
            _ => Err(error(io::ErrorKind::NotFound)),
        }
    }

    fn link(&self, path: &str) -> io::Result<String> {
        match self.0.lock().unwrap().nodes.get(path) {
            Some(Node::Link(to)) => Ok(to.rsplit('/').next().unwrap().to_owned()),
            _ => Err(error(io::ErrorKind::InvalidInput)),
        }
    }

    fn write(&self, file: &str, value: &str) -> io::Result<()> {
        let mut state = self.0.lock().unwrap();
        state.begin(format!("write {file} {value:?}"))?;
        state.write(file, value)
    }

    fn mkdir(&self, dir: &str) -> io::Result<()> {
        let mut state = self.0.lock().unwrap();
        state.begin(format!("mkdir {dir}"))?;
        state.mkdir(dir)
    }

    fn rmdir(&self, dir: &str) -> io::Result<()> {
        let mut state = self.0.lock().unwrap();
        state.begin(format!("rmdir {dir}"))?;
        state.rmdir(dir)
    }

    fn symlink(&self, target: &str, link: &str) -> io::Result<()> {
        let mut state = self.0.lock().unwrap();
        state.begin(format!("symlink {target} {link}"))?;
        state.symlink(target, link)
    }

    fn unlink(&self, link: &str) -> io::Result<()> {
        let mut state = self.0.lock().unwrap();
        state.begin(format!("unlink {link}"))?;
        // The kernel takes the LUN away from everybody; here nobody may have it any more.
        let (dir, _) = link.rsplit_once('/').unwrap();
        if state.links_to(dir) {
            return Err(error(io::ErrorKind::ResourceBusy));
        }
        match state.nodes.get(link) {
            Some(Node::Link(_)) => state.nodes.remove(link),
            _ => return Err(error(io::ErrorKind::NotFound)),
        };
        Ok(())
    }

    fn back(&self, file: &Path, bytes: u64) -> io::Result<()> {
        let mut state = self.0.lock().unwrap();
        state.begin(format!("back {} {bytes}", file.display()))?;
        let length = state.backing.entry(file.to_owned()).or_default();
        *length = bytes.max(*length);
        Ok(())
    }
}
