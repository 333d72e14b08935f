//! Releases of ONTAP (ontap.md §1).

use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A release of ONTAP: generation, major, minor and patch of `9.14.1P2`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Version {
    /// Always 9 on arrays with SVMs.
    pub generation: u32,
    /// The feature release.
    pub major: u32,
    /// The maintenance release.
    pub minor: u32,
    /// The patch level, 0 for none.
    pub patch: u32,
}

impl Version {
    /// `9.MAJOR.MINOR`, without a patch.
    #[must_use]
    pub const fn new(major: u32, minor: u32) -> Self {
        Self {
            generation: 9,
            major,
            minor,
            patch: 0,
        }
    }

    /// The version of the older interface (ontap.md §1): 1.100 with 9.0, ten more with each feature
    /// release; from 9.10.1 on the last digit is the maintenance release (derived).
    #[must_use]
    pub fn ontapi(self) -> (u32, u32) {
        let last = match (self.major, self.minor) {
            (9, _) => 90,
            (major, minor) if major >= 10 => major * 10 + minor,
            (major, _) => major * 10,
        };
        (1, 100 + last)
    }

    /// REST exists from 9.6 on (ontap.md §1).
    #[must_use]
    pub fn has_rest(self) -> bool {
        self >= Self::new(6, 0)
    }

    /// `9.14.1`, `9.14.1P2`.
    #[must_use]
    pub fn text(self) -> String {
        let Self {
            generation,
            major,
            minor,
            patch,
        } = self;
        let patch = if patch == 0 {
            String::new()
        } else {
            format!("P{patch}")
        };
        match minor {
            0 => format!("{generation}.{major}{patch}"),
            _ => format!("{generation}.{major}.{minor}{patch}"),
        }
    }

    /// `NetApp Release 9.14.1: …`.
    pub(super) fn full(self) -> String {
        format!(
            "NetApp Release {}: Mon Jan 15 10:00:00 UTC 2024",
            self.text()
        )
    }
}

impl FromStr for Version {
    type Err = String;

    /// Reads `9.14.1`, `9.8` or `9.14.1P2`.
    fn from_str(text: &str) -> Result<Self, String> {
        let bad = || format!("{text:?} is no release such as 9.14.1 or 9.14.1P2");
        let number = |part: &str| part.parse::<u32>().map_err(|_| bad());
        let (release, patch) = match text.split_once(['P', 'p']) {
            Some((release, patch)) => (release, number(patch)?),
            None => (text, 0),
        };
        let mut parts = release.split('.').map(number);
        let mut next = || parts.next().transpose();
        let (generation, major, minor) = (next()?, next()?, next()?);
        match (generation, major, next()?) {
            (Some(9), Some(major), None) => Ok(Self {
                patch,
                ..Self::new(major, minor.unwrap_or(0))
            }),
            _ => Err(bad()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_of_the_older_interface() {
        for (release, minor) in [
            ("9.1", 110),
            ("9.4", 140),
            ("9.5", 150),
            ("9.6", 160),
            ("9.8", 180),
            ("9.9.1", 190),
            ("9.10.1", 201),
            ("9.14.1P2", 241),
            ("9.15.1", 251),
        ] {
            let version: Version = release.parse().unwrap();
            assert_eq!(version.text(), release);
            assert_eq!(version.ontapi(), (1, minor), "{release}");
        }
        for wrong in ["", "9", "8.3", "9.x", "9.14.1.2", "9.14.1P", "P2"] {
            assert!(wrong.parse::<Version>().is_err(), "{wrong}");
        }
    }
}
