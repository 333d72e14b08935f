//! What a journal says after each way a run can end.

use super::*;
use crate::kit::bounds::Ended;
use crate::step;

fn opened() -> Opened {
    Opened {
        program: "sanctl test".into(),
        boot_id: None,
        array: None,
        id: "6a4c64f1001db63307a4e1700000001e".into(),
        lun: Some(LunFact {
            id: "30".into(),
            name: "vol-1".into(),
            wwid: "6a4c64f1001db63307a4e1700000001e".parse().unwrap(),
            size_bytes: 1 << 30,
            snapshot: false,
        }),
        node: "n1".into(),
        connector: None,
        protocol: Protocol::Iscsi,
    }
}

fn journal() -> (tempfile::TempDir, Journals, Journal) {
    let dir = tempfile::tempdir().unwrap();
    let journals = Journals::in_state(&Store::new(dir.path()));
    let journal = journals.open("r1", opened()).unwrap();
    (dir, journals, journal)
}

#[test]
fn a_journal_tells_what_may_have_been_made() {
    let (_dir, journals, mut journal) = journal();
    journal.started("a", Some("x/a".into())).unwrap();
    assert_eq!(journal.mark("a"), Some(Mark::Begun));
    journal
        .made("a", Some("x/a".into()), &Facts::object("host", "2"), None)
        .unwrap();
    journal.started("b", Some("x/b".into())).unwrap();
    let late = || Ended::Stopped(crate::kit::kind::Kind::Interrupted);
    journal
        .failed("b", Some("x/b".into()), &step::Error::in_doubt(late()))
        .unwrap();
    journal.started("c", Some("x/c".into())).unwrap();
    journal
        .failed("c", Some("x/c".into()), &step::Error::from(late()))
        .unwrap();
    journal
        .found("d", Some("x/d".into()), &Facts::none())
        .unwrap();
    drop(journal);
    let again = journals.open("r2", opened()).unwrap();
    assert!(!again.is_fresh());
    assert_eq!(again.mark("a"), Some(Mark::Made { before: None }));
    assert_eq!(again.mark("b"), Some(Mark::Begun));
    assert_eq!(again.mark("c"), Some(Mark::Gone));
    assert_eq!(again.mark("d"), Some(Mark::Found));
    assert_eq!(again.facts().objects["host"], "2");
    assert!(again.made_by_this_run().is_empty());
    assert!(again.owns_anything());
}

#[test]
fn undo_goes_backwards_and_only_over_this_run() {
    let (_dir, journals, mut journal) = journal();
    journal.started("a", Some("x/a".into())).unwrap();
    journal
        .made("a", Some("x/a".into()), &Facts::none(), None)
        .unwrap();
    drop(journal);
    let mut journal = journals.open("r2", opened()).unwrap();
    for key in ["b", "c"] {
        journal.started(key, Some(format!("x/{key}"))).unwrap();
        journal
            .made(key, Some(format!("x/{key}")), &Facts::none(), None)
            .unwrap();
    }
    let keys: Vec<String> = journal
        .made_by_this_run()
        .into_iter()
        .map(|(k, _)| k)
        .collect();
    assert_eq!(keys, ["c", "b"]);
    journal.undo_started("c", None).unwrap();
    journal.undone("c", None).unwrap();
    let keys: Vec<String> = journal
        .made_by_this_run()
        .into_iter()
        .map(|(k, _)| k)
        .collect();
    assert_eq!(keys, ["b"]);
}

#[test]
fn seeing_again_what_we_made_does_not_disown_it() {
    let (_dir, _journals, mut journal) = journal();
    journal.started("a", Some("x/a".into())).unwrap();
    journal
        .made("a", Some("x/a".into()), &Facts::none(), None)
        .unwrap();
    journal
        .found("a", Some("x/a".into()), &Facts::none())
        .unwrap();
    assert_eq!(journal.mark("a"), Some(Mark::Made { before: None }));
}

#[test]
fn a_closed_journal_is_kept_under_the_next_free_number() {
    let (_dir, journals, journal) = journal();
    journal.close().unwrap();
    journals.open("r2", opened()).unwrap().close().unwrap();
    let names: Vec<String> = journals
        .list_all()
        .unwrap()
        .into_iter()
        .map(|f| f.name)
        .collect();
    let stem = "n1.6a4c64f1001db63307a4e1700000001e";
    assert_eq!(
        names,
        [format!("{stem}.1.jsonl"), format!("{stem}.2.jsonl")]
    );
    assert!(journals.list_open().unwrap().is_empty());
}

#[test]
fn a_newer_journal_is_read_and_not_written() {
    let (dir, journals, journal) = journal();
    drop(journal);
    let path = dir
        .path()
        .join("attachments/n1.6a4c64f1001db63307a4e1700000001e.jsonl");
    let text = std::fs::read_to_string(&path)
        .unwrap()
        .replace("\"v\":1", "\"v\":2");
    std::fs::write(&path, text).unwrap();
    assert!(journals.list_open().unwrap()[0].newer());
    assert!(matches!(
        journals.open("r2", opened()),
        Err(Error::NewerJournal { .. })
    ));
}
