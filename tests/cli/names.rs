//! Names for completions: kept by listings, asked of nobody.

use std::os::unix::fs::PermissionsExt;

use crate::place::Place;
use crate::served::Served;

fn names(place: &Place, line: &str) -> Vec<String> {
    let mut words = vec!["completions", "--words", "--"];
    words.extend(line.split(' '));
    let ran = place.run_words(&words, "").expect(0);
    assert_eq!(ran.err, "", "{}", ran.shown());
    ran.out.lines().map(str::to_owned).collect()
}

#[test]
fn listings_keep_names_and_completions_send_nothing() {
    let served = Served::start();
    let place = &served.place;
    served.array.add_lun("$(touch hurt)", 1 << 30);
    assert!(names(place, "lun show ").is_empty());
    place.ok("lun list");
    place.ok("host list");
    place.ok("hostgroup create cluster");
    place.ok("hostgroup list -o json");
    served.server.clear_requests();
    assert_eq!(names(place, "lun show "), ["vol-7", "vol-8"]);
    assert_eq!(names(place, "attach --dry-run vol"), ["vol-7", "vol-8"]);
    assert_eq!(names(place, "lun map vol-7 --host "), ["other"]);
    assert_eq!(names(place, "hostgroup add-host "), ["cluster"]);
    assert_eq!(names(place, "lun list --array "), ["dorado1"]);
    assert!(names(place, "lungroup show ").is_empty());
    assert_eq!(served.server.requests(), []);
    let file = place.state().join("names/dorado1.json");
    let mode = std::fs::metadata(&file).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);

    // A listing of everything forgets what is gone; a narrow one adds.
    served.array.add_lun("vol-9", 1 << 30);
    place.ok("lun list --name vol-9");
    assert_eq!(names(place, "lun show "), ["vol-7", "vol-8", "vol-9"]);
    place.ok("hostgroup delete cluster --yes");
    place.ok("hostgroup list");
    assert!(names(place, "hostgroup show ").is_empty());

    // Nothing of it is needed.
    std::fs::write(&file, "{").unwrap();
    assert!(names(place, "lun show ").is_empty());
    place.ok("lun list");
    assert_eq!(names(place, "lun show "), ["vol-7", "vol-8", "vol-9"]);
}

#[test]
fn an_open_journal_gives_its_lun() {
    let place = Place::new();
    place.ok("attach vol-1 -q");
    assert_eq!(names(&place, "detach "), ["vol-1"]);
    place.ok("detach vol-1 -q");
    assert!(names(&place, "detach ").is_empty());
}

#[test]
fn the_script_of_bash_offers_names() {
    let place = Place::new();
    place.ok("lun list");
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/completions/sanctl.bash");
    let complete = |words: &str, last: &str| {
        let line = format!(
            "bash -c 'source {script}; COMP_WORDS=(sanctl {words} \"{last}\"); \
             COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); \
             _sanctl_names sanctl \"{last}\" \"${{COMP_WORDS[COMP_CWORD-1]}}\"; \
             echo \"${{COMPREPLY[@]}}\"'"
        );
        place.shell(&line).expect(0).out
    };
    assert_eq!(
        complete("lun show", ""),
        "db-1-data vol-1 vol-2 vol-3 vol-4\n"
    );
    assert_eq!(complete("attach", "vol-3"), "vol-3\n");
    assert!(
        complete("lun", "sh").contains("show"),
        "verbs are as before"
    );
}
