//! The arrays that the practice setting can be made of, and what a fresh one holds.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;

use crate::sim::exposure::Exposing;
use crate::sim::machine;
use crate::sim::store::StoreError;
use crate::sim::{oceanstor, ontap};

const GIB: u64 = 1 << 30;
/// The LUNs of a fresh OceanStor and their sizes.
const LUNS: [(&str, u64); 4] = [("vol-1", 1), ("vol-2", 2), ("vol-3", 5), ("vol-4", 10)];
/// The ports of a fresh OceanStor. Nothing is ever sent there.
const PORTALS: [Ipv4Addr; 2] = [
    Ipv4Addr::new(172, 24, 3, 150),
    Ipv4Addr::new(172, 24, 4, 150),
];

/// Whose array is practised on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Product {
    /// Huawei OceanStor V3.
    #[default]
    Oceanstor,
    /// NetApp ONTAP 9.14.1.
    Ontap,
}

impl Product {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Oceanstor, Self::Ontap];

    /// `oceanstor`, `ontap`: the `kind` of a section that leads to a real one.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Oceanstor => "oceanstor",
            Self::Ontap => "ontap",
        }
    }

    /// The product of a word.
    #[must_use]
    pub fn find(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|product| product.word() == word)
    }

    /// The folder of its setting below [`FOLDER`](super::FOLDER); the first one has that itself.
    #[must_use]
    pub const fn folder(self) -> &'static str {
        match self {
            Self::Oceanstor => "",
            Self::Ontap => "ontap",
        }
    }

    /// The account to use it with.
    #[must_use]
    pub const fn user(self) -> &'static str {
        match self {
            Self::Oceanstor => oceanstor::Seed::USER,
            Self::Ontap => ontap::Seed::SVM_USER,
        }
    }

    /// That account's password, no secret.
    #[must_use]
    pub const fn password(self) -> &'static str {
        match self {
            Self::Oceanstor => oceanstor::Seed::PASSWORD,
            Self::Ontap => ontap::Seed::PASSWORD,
        }
    }

    /// What its LUNs answer to INQUIRY (ontap.md §9.4); `None`: what the practice machine's disks
    /// say by themselves.
    pub(super) fn inquiry(self) -> Option<machine::Product> {
        match self {
            Self::Oceanstor => None,
            Self::Ontap => Some(machine::Product {
                vendor: "NETAPP".to_owned(),
                model: "LUN C-Mode".to_owned(),
                rev: "9141".to_owned(),
            }),
        }
    }
}

/// An array that the practice setting can be made of.
pub trait Practised: Exposing + Sized + 'static {
    /// Whose it is.
    const PRODUCT: Product;

    /// The array kept in this file; a fresh one holds LUNs to attach, and other hosts.
    ///
    /// # Errors
    /// The file cannot be used.
    fn in_file(file: &Path) -> Result<Self, StoreError>;
}

impl Practised for oceanstor::Practice {
    const PRODUCT: Product = Product::Oceanstor;

    fn in_file(file: &Path) -> Result<Self, StoreError> {
        let mut seed = oceanstor::Seed::v3();
        seed.portals = PORTALS.map(|ip| SocketAddr::from((ip, 3260))).to_vec();
        let array = Self::open(file, &seed)?;
        if array.is_pristine() {
            furnish(&array);
            array.save()?;
        }
        Ok(array)
    }
}

impl Practised for ontap::Practice {
    const PRODUCT: Product = Product::Ontap;

    fn in_file(file: &Path) -> Result<Self, StoreError> {
        let array = Self::open(file, &ontap::Seed::gold())?;
        if array.is_pristine() {
            array.furnish();
            array.save()?;
        }
        Ok(array)
    }
}

/// Fills a fresh array: LUNs to attach, and another host that has one already.
fn furnish(array: &oceanstor::Practice) {
    let mut first = None;
    for (name, gib) in LUNS {
        let lun = array.add_lun(name, gib * GIB);
        first = first.or(Some(lun));
    }
    if let Some(lun) = first {
        array.add_snapshot("vol-1-snap", lun);
    }
    let host = array.add_host("db-1");
    array.add_initiator("iqn.1994-05.com.redhat:db-1", Some(host));
    let lun = array.add_lun("db-1-data", 4 * GIB);
    // The names that OpenStack gives.
    let hosts = array.add_hostgroup(&format!("OpenStack_HostGroup_{host}"), &[host]);
    let luns = array.add_lungroup(&format!("OpenStack_LunGroup_{host}"), &[lun]);
    array.add_view(
        &format!("OpenStack_Mapping_View_{host}"),
        Some(hosts),
        Some(luns),
    );
}
