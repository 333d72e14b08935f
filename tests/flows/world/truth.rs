//! Who made what on the array, seen by the array itself and not by the program's journals.
//!
//! The array's state is taken apart into atoms: objects, their fields, what ties two of them
//! together, and the numbers that hosts see. After each change the atoms that came are of whoever
//! made it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde_json::Value;

/// One fact about the array.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Atom {
    /// An object, by table and id.
    Object(&'static str, String),
    /// What is said of an object.
    Field(&'static str, String, String, String),
    /// An object holds another: table, id, in which way, what.
    Tie(&'static str, String, &'static str, String),
    /// A host sees a unit under a number.
    Number(String, String, String),
}

impl fmt::Display for Atom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Object(table, id) => write!(f, "{table} {id}"),
            Self::Field(table, id, field, value) => write!(f, "{table} {id} {field}={value}"),
            Self::Tie(table, id, way, other) => write!(f, "{table} {id} {way} {other}"),
            Self::Number(host, unit, number) => write!(f, "host {host} sees {unit} as {number}"),
        }
    }
}

/// Tables, and in which fields they hold others. What the other side repeats is left out.
const TABLES: [(&str, &[&str], &[&str]); 8] = [
    ("luns", &[], &["groups", "seen_by"]),
    ("snapshots", &[], &["groups", "seen_by"]),
    ("hosts", &["direct"], &["iscsi", "fc", "groups", "numbers"]),
    ("iscsi", &["host"], &[]),
    ("hostgroups", &["members"], &["views"]),
    ("lungroups", &["members"], &["views"]),
    ("portgroups", &["members"], &["views"]),
    ("views", &["hostgroup", "lungroup", "portgroup"], &[]),
];

/// All atoms of a dump of the practice array.
pub(crate) fn atoms(dump: &Value) -> BTreeSet<Atom> {
    let mut atoms = BTreeSet::new();
    for (table, ties, mirrored) in TABLES {
        let rows = dump[table].get("rows").unwrap_or(&dump[table]);
        for (id, row) in rows.as_object().into_iter().flatten() {
            atoms.insert(Atom::Object(table, id.clone()));
            for (field, value) in row.as_object().into_iter().flatten() {
                if let Some(way) = ties.iter().find(|way| **way == field) {
                    let held = value.as_array().cloned();
                    let held = held.unwrap_or_else(|| vec![value.clone()]);
                    for one in held.iter().filter(|one| !one.is_null()) {
                        atoms.insert(Atom::Tie(table, id.clone(), way, word(one)));
                    }
                } else if table == "hosts" && field == "numbers" {
                    for (unit, number) in value.as_object().into_iter().flatten() {
                        atoms.insert(Atom::Number(id.clone(), unit.clone(), word(number)));
                    }
                } else if !mirrored.contains(&field.as_str()) {
                    atoms.insert(Atom::Field(table, id.clone(), field.clone(), word(value)));
                }
            }
        }
    }
    atoms
}

fn word(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// Who made an atom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Maker {
    /// Administrators, Cinder, and whoever came before.
    Foreign,
    /// A flow of the program on this node.
    Flow(usize),
    /// A writing verb of the program on this node: nobody's, for a flow.
    Verb,
}

/// What one piece of work came to: what came and went, and did not come and go again within it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Work {
    pub(crate) added: BTreeSet<Atom>,
    pub(crate) removed: BTreeMap<Atom, Maker>,
}

/// The array's atoms with their makers.
#[derive(Debug, Default)]
pub(crate) struct Truth {
    pub(crate) atoms: BTreeMap<Atom, Maker>,
    /// What every process has done since it began its work.
    works: BTreeMap<usize, Work>,
}

impl Truth {
    /// What is there before anybody comes.
    pub(crate) fn of(dump: &Value) -> Self {
        let atoms = atoms(dump).into_iter();
        Self {
            atoms: atoms.map(|atom| (atom, Maker::Foreign)).collect(),
            works: BTreeMap::new(),
        }
    }

    /// A process begins its work.
    pub(crate) fn begin(&mut self, process: usize) {
        self.works.insert(process, Work::default());
    }

    /// What a process came to.
    pub(crate) fn work(&self, process: usize) -> Work {
        self.works.get(&process).cloned().unwrap_or_default()
    }

    /// The array is so now, by the doing of `maker`.
    pub(crate) fn advance(&mut self, dump: &Value, maker: Maker, process: Option<usize>) {
        let now = atoms(dump);
        let mut none = Work::default();
        let work = match process {
            Some(process) => self.works.entry(process).or_default(),
            None => &mut none,
        };
        let before = std::mem::take(&mut self.atoms);
        for (atom, was) in &before {
            if !now.contains(atom) && !work.added.remove(atom) {
                work.removed.insert(atom.clone(), *was);
            }
        }
        for atom in now {
            let of = match (before.get(&atom), work.removed.remove(&atom)) {
                (Some(was), _) => *was,
                // Put back as it was: still its maker's.
                (None, Some(was)) => was,
                (None, None) => {
                    work.added.insert(atom.clone());
                    maker
                }
            };
            self.atoms.insert(atom, of);
        }
    }

    /// What is there now.
    pub(crate) fn now(&self) -> BTreeSet<Atom> {
        self.atoms.keys().cloned().collect()
    }

    /// What a node's flows made and is still there.
    pub(crate) fn made_by(&self, node: usize) -> Vec<&Atom> {
        let mine = self
            .atoms
            .iter()
            .filter(|(_, of)| **of == Maker::Flow(node));
        mine.map(|(atom, _)| atom).collect()
    }

    /// An object and what ties it to others is somebody's from now on.
    pub(crate) fn give(&mut self, table: &str, id: &str, to: Maker) {
        let of_it = |atom: &Atom| match atom {
            Atom::Object(t, i) | Atom::Field(t, i, ..) => *t == table && i == id,
            Atom::Tie(t, i, way, other) => {
                (*t == table && i == id)
                    || (other == id && (*t, *way, table) == ("hostgroups", "members", "hosts"))
                    || (other == id && *t == "views" && table == format!("{way}s"))
            }
            Atom::Number(..) => false,
        };
        for (atom, maker) in &mut self.atoms {
            if of_it(atom) {
                *maker = to;
            }
        }
    }

    /// A field of an object.
    pub(crate) fn field(&self, table: &str, id: &str, field: &str) -> Option<&str> {
        self.atoms.keys().find_map(|atom| match atom {
            Atom::Field(t, i, f, value) if *t == table && i == id && f == field => {
                Some(value.as_str())
            }
            _ => None,
        })
    }

    /// The id of the object of this name.
    pub(crate) fn find(&self, table: &str, name: &str) -> Option<String> {
        self.atoms.keys().find_map(|atom| match atom {
            Atom::Field(t, id, field, value) if *t == table && field == "name" && value == name => {
                Some(id.clone())
            }
            _ => None,
        })
    }

    /// How a journal calls what a flow makes: `hostgroup/NAME`, `view-lungroup/VIEW/GROUP`. The
    /// words are the vocabulary of the step keys (INTERFACE, "Step keys").
    pub(crate) fn journal_name(&self, atom: &Atom) -> Option<String> {
        let name = |table: &str, id: &str| self.field(table, id, "name").map(str::to_owned);
        match atom {
            Atom::Object("iscsi", iqn) => Some(format!("initiator/{iqn}")),
            Atom::Object(table, id) => {
                let word = table.trim_end_matches('s');
                Some(format!("{word}/{}", name(table, id)?))
            }
            Atom::Tie("iscsi", iqn, ..) => Some(format!("initiator/{iqn}")),
            Atom::Tie("hostgroups", group, _, host) => Some(format!(
                "hostgroup-host/{}/{}",
                name("hostgroups", group)?,
                name("hosts", host)?
            )),
            Atom::Tie("lungroups", group, _, unit) => {
                let (_, id) = unit.split_once(':')?;
                let snapshot = unit.starts_with("snapshot:");
                let sort = if snapshot { "snapshot-" } else { "" };
                let group = name("lungroups", group)?;
                Some(format!("lungroup-lun/{group}/{sort}{id}"))
            }
            Atom::Tie("views", view, way, group) => Some(format!(
                "view-{way}/{}/{}",
                name("views", view)?,
                name(&format!("{way}s"), group)?
            )),
            Atom::Tie(..) | Atom::Field(..) | Atom::Number(..) => None,
        }
    }
}
