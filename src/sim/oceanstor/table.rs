//! Rows by id with unique names, fast in both directions.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

/// A row that has a name, unique within its table.
pub(super) trait Named {
    fn name(&self) -> &str;
    fn set_name(&mut self, name: String);
}

/// Objects of one kind; ids are never reused.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Table<T> {
    next: u64,
    rows: BTreeMap<u64, T>,
    #[serde(skip)]
    names: HashMap<String, u64>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self {
            next: 0,
            rows: BTreeMap::new(),
            names: HashMap::new(),
        }
    }
}

impl<T: Named> Table<T> {
    /// The name index is not saved; it is made anew after loading.
    pub(super) fn reindex(&mut self) {
        self.names = self
            .rows
            .iter()
            .map(|(id, row)| (row.name().to_owned(), *id))
            .collect();
    }

    pub(super) fn add(&mut self, row: T) -> u64 {
        let id = self.next;
        self.next += 1;
        self.names.insert(row.name().to_owned(), id);
        self.rows.insert(id, row);
        id
    }

    /// The id the next object gets.
    pub(super) fn next_id(&self) -> u64 {
        self.next
    }

    pub(super) fn get(&self, id: u64) -> Option<&T> {
        self.rows.get(&id)
    }

    pub(super) fn get_mut(&mut self, id: u64) -> Option<&mut T> {
        self.rows.get_mut(&id)
    }

    pub(super) fn remove(&mut self, id: u64) -> Option<T> {
        let row = self.rows.remove(&id)?;
        self.names.remove(row.name());
        Some(row)
    }

    pub(super) fn by_name(&self, name: &str) -> Option<u64> {
        self.names.get(name).copied()
    }

    /// Every row of this name. The array itself keeps names apart; a test may not.
    pub(super) fn all_by_name(&self, name: &str) -> Vec<u64> {
        if self.names.len() == self.rows.len() {
            return self.by_name(name).into_iter().collect();
        }
        let same = self.iter().filter(|(_, row)| row.name() == name);
        same.map(|(id, _)| id).collect()
    }

    pub(super) fn rename(&mut self, id: u64, name: &str) {
        if let Some(row) = self.rows.get_mut(&id) {
            self.names.remove(row.name());
            row.set_name(name.to_owned());
            self.names.insert(name.to_owned(), id);
        }
    }

    pub(super) fn ids(&self) -> impl Iterator<Item = u64> + '_ {
        self.rows.keys().copied()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (u64, &T)> + '_ {
        self.rows.iter().map(|(id, row)| (*id, row))
    }
}
