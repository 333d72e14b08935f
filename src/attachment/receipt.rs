//! A receipt: what a node says after its half of a detach, for whoever does the array's half
//! elsewhere.
//!
//! It is no secret and no signature. A checksum tells a text that was cut or changed by accident
//! from the one that was written; node, initiator, wwid and time tie it to one detach.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use ring::digest::{SHA256, digest};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::entry::Event;
use super::journal::Found;
use super::report::AttachmentReport;
use crate::model::connector::Connector;
use crate::model::ids::Wwid;
use crate::step::State;

/// The schema's name.
pub const SCHEMA: &str = "sanctl/receipt";

/// Without a journal that tells when the LUN was attached, an older receipt proves nothing.
const FRESH: Duration = Duration::from_secs(3600);

/// Two clocks may differ by so much.
const SKEW: Duration = Duration::from_secs(300);

/// What a node proved about one LUN.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Program and version.
    pub program: String,
    /// When it was proven, by the node's clock.
    pub at: Timestamp,
    /// The node's name.
    pub node: String,
    /// Its iSCSI name.
    pub initiator: Option<String>,
    /// The kernel's boot id then.
    pub boot_id: Option<String>,
    /// The LUN as it was named.
    pub lun: String,
    /// The LUN's identity.
    pub wwid: Wwid,
    /// What was looked at, in words.
    pub proven: Vec<String>,
    /// Over everything above.
    #[serde(default)]
    pub checksum: String,
}

/// Why a receipt does not prove what is asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadReceipt {
    /// It is no receipt.
    #[error("{0}")]
    Unreadable(String),
    /// Its text is not as it was written.
    #[error("it was changed after it was written: the checksum does not fit")]
    Changed,
    /// It is of something else.
    #[error("it is of {what} {found}, not {wanted}")]
    Other {
        /// Node, initiator or LUN.
        what: &'static str,
        /// In the receipt.
        found: String,
        /// Asked for.
        wanted: String,
    },
    /// It is older than what it should prove.
    #[error("it is of {at}: {why}")]
    Stale {
        /// When it was written.
        at: Timestamp,
        /// Why that is too early, or too late.
        why: &'static str,
    },
}

impl Receipt {
    /// The receipt of a detach of the node's half that went well. `None` when nothing told the
    /// LUN's identity, so that nothing was proven about it.
    pub fn of(
        report: &AttachmentReport,
        connector: &Connector,
        boot_id: Option<String>,
    ) -> Option<Self> {
        let facts = &report.facts;
        let told = facts.lun.as_ref().map(|lun| &lun.wwid);
        let told = told.or_else(|| facts.connection.as_ref()?.wwid.as_ref());
        let wwid = told.or_else(|| facts.device.as_ref().map(|d| &d.wwid))?;
        let mut proven = vec![format!("no device of {wwid} is left on {}", report.node)];
        let rows = report.steps.iter();
        proven.extend(
            rows.filter(|row| row.state != State::Unknown)
                .map(|row| format!("{}: {}", row.key, row.evidence)),
        );
        let mut receipt = Self {
            program: format!("sanctl {}", env!("CARGO_PKG_VERSION")),
            at: Timestamp::now(),
            node: report.node.clone(),
            initiator: connector.initiator.as_ref().map(ToString::to_string),
            boot_id,
            lun: report.lun.clone(),
            wwid: wwid.clone(),
            proven,
            checksum: String::new(),
        };
        receipt.seal();
        Some(receipt)
    }

    /// Takes the checksum of what it says now.
    pub fn seal(&mut self) {
        self.checksum = self.sum();
    }

    /// The receipts in a document.
    ///
    /// # Errors
    /// When it is none, or one of them was changed.
    pub fn parse(text: &str) -> Result<Vec<Self>, BadReceipt> {
        let bad = |why: String| BadReceipt::Unreadable(why);
        let mut value: Value = serde_json::from_str(text).map_err(|e| bad(e.to_string()))?;
        if value.get("schema").and_then(Value::as_str) != Some(SCHEMA) {
            return Err(bad(format!("its schema is not {SCHEMA}")));
        }
        let items = value
            .get_mut("items")
            .map(Value::take)
            .ok_or_else(|| bad("it has no items".into()))?;
        let items: Vec<Self> = serde_json::from_value(items).map_err(|e| bad(e.to_string()))?;
        if items.iter().any(|item| item.checksum != item.sum()) {
            return Err(BadReceipt::Changed);
        }
        Ok(items)
    }

    /// Fails unless it proves that the node of a connector has no device of a LUN now.
    ///
    /// # Errors
    /// Why it does not.
    pub fn proves(
        &self,
        connector: &Connector,
        wwid: &Wwid,
        journal: Option<&Found>,
    ) -> Result<(), BadReceipt> {
        let other = |what, found: &str, wanted: &str| BadReceipt::Other {
            what,
            found: found.to_owned(),
            wanted: wanted.to_owned(),
        };
        if self.node != connector.host {
            return Err(other("node", &self.node, &connector.host));
        }
        let initiator = connector.initiator.as_ref().map(ToString::to_string);
        if self.initiator != initiator {
            return Err(other(
                "initiator",
                self.initiator.as_deref().unwrap_or("none"),
                initiator.as_deref().unwrap_or("none"),
            ));
        }
        if self.wwid != *wwid {
            return Err(other("LUN", self.wwid.as_str(), wwid.as_str()));
        }
        let stale = |why| BadReceipt::Stale { at: self.at, why };
        let now = Timestamp::now();
        let after = |early: Timestamp, late: Timestamp, span: Duration| {
            let span = SignedDuration::try_from(span).unwrap_or(SignedDuration::MAX);
            late.duration_since(early) > span
        };
        if after(now, self.at, SKEW) {
            return Err(stale("that is still to come"));
        }
        match journal.and_then(attached_at) {
            Some(attached) if attached > self.at => Err(stale("the LUN was attached after that")),
            None if after(self.at, now, FRESH) => Err(stale(
                "more than an hour ago, and no journal here tells when the LUN was attached",
            )),
            _ => Ok(()),
        }
    }

    /// SHA-256 of the receipt without its checksum.
    fn sum(&self) -> String {
        let bare = Self {
            checksum: String::new(),
            ..self.clone()
        };
        let text = serde_json::to_string(&bare).unwrap_or_default();
        let sum = digest(&SHA256, text.as_bytes());
        let digits = sum.as_ref().iter().map(|byte| format!("{byte:02x}"));
        format!("sha256:{}", digits.collect::<String>())
    }
}

/// When anything of an attachment was last made, or found to be there.
fn attached_at(found: &Found) -> Option<Timestamp> {
    let made = |event: Event| {
        matches!(
            event,
            Event::Started | Event::Done | Event::Adopted | Event::Owned
        )
    };
    let entries = found.entries.iter().filter(|e| made(e.event));
    entries.map(|e| e.at).max()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::entry::Entry;
    use super::*;
    use crate::model::facts::{Facts, LunFact};

    const WWID: &str = "6a4c64f1001db63307a4e1700000001e";

    fn connector(host: &str, initiator: &str) -> Connector {
        serde_json::from_value(json!({"host": host, "initiator": initiator})).unwrap()
    }

    fn receipt() -> Receipt {
        let facts = Facts {
            lun: Some(LunFact {
                id: "30".into(),
                name: "vol-7".into(),
                wwid: WWID.parse().unwrap(),
                size_bytes: 1,
                snapshot: false,
            }),
            ..Facts::none()
        };
        let report = AttachmentReport::of(None, "vol-7", "n1", &facts);
        Receipt::of(&report, &connector("n1", "iqn.a:n1"), Some("b".into())).unwrap()
    }

    fn document(receipt: &Receipt) -> String {
        json!({"schema": SCHEMA, "items": [receipt]}).to_string()
    }

    fn journal(seconds: i64) -> Found {
        let mut entry = Entry::of("r", Event::Done, Some("array.view"));
        entry.at += SignedDuration::from_secs(seconds);
        Found {
            name: "n1".into(),
            closed: false,
            entries: vec![entry],
        }
    }

    #[test]
    fn a_receipt_is_read_back_and_one_that_was_changed_is_not() {
        let receipt = receipt();
        let text = document(&receipt);
        assert_eq!(Receipt::parse(&text).unwrap(), [receipt]);
        for (from, to) in [(WWID, &WWID.replace("1e", "1f")), ("n1", &"n2".to_owned())] {
            let changed = Receipt::parse(&text.replace(from, to));
            assert_eq!(changed.unwrap_err(), BadReceipt::Changed, "{from}");
        }
        for none in [
            "",
            "[]",
            "{\"schema\":\"sanctl/plan\"}",
            "{\"schema\":\"sanctl/receipt\"}",
        ] {
            let error = Receipt::parse(none).unwrap_err();
            assert!(
                matches!(error, BadReceipt::Unreadable(_)),
                "{none}: {error}"
            );
        }
    }

    #[test]
    fn a_receipt_proves_one_lun_of_one_node_after_its_attach() {
        let receipt = receipt();
        let wwid: Wwid = WWID.parse().unwrap();
        let other: Wwid = WWID.replace("1e", "1f").parse().unwrap();
        let own = connector("n1", "iqn.a:n1");
        assert_eq!(receipt.proves(&own, &wwid, Some(&journal(-60))), Ok(()));
        assert_eq!(receipt.proves(&own, &wwid, None), Ok(()));
        for (connector, wwid, word) in [
            (connector("n2", "iqn.a:n1"), &wwid, "node n1"),
            (connector("n1", "iqn.a:n2"), &wwid, "initiator iqn.a:n1"),
            (own.clone(), &other, "LUN"),
        ] {
            let error = receipt.proves(&connector, wwid, None).unwrap_err();
            assert!(error.to_string().contains(word), "{error}");
        }
        let stale = receipt.proves(&own, &wwid, Some(&journal(60)));
        assert!(matches!(stale, Err(BadReceipt::Stale { .. })), "{stale:?}");
    }

    #[test]
    fn without_a_journal_only_a_fresh_receipt_counts() {
        let wwid: Wwid = WWID.parse().unwrap();
        let own = connector("n1", "iqn.a:n1");
        let moved = |seconds| {
            let mut receipt = receipt();
            receipt.at += SignedDuration::from_secs(seconds);
            receipt.seal();
            receipt
        };
        assert!(moved(-4000).proves(&own, &wwid, None).is_err());
        let known = journal(-5000);
        assert_eq!(moved(-4000).proves(&own, &wwid, Some(&known)), Ok(()));
        assert!(moved(4000).proves(&own, &wwid, Some(&known)).is_err());
    }
}
