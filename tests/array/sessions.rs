//! Logins, faults and logouts.

use super::*;
use sanctl::kit::kind::{Failure as _, Kind};
use sanctl::sim::oceanstor::Lock;

#[test]
fn every_way_a_session_is_lost_is_survived_by_one_new_login() {
    for code in ["-401", "1077949069", "4294967297", "1077939726"] {
        for fault in ["expire", "code"] {
            let lab = Lab::new(&Seed::v6());
            lab.practice.add_host("node1");
            let hosts = lab.array.hosts().unwrap();
            assert!(hosts.find(&named("node1"), &bounds()).unwrap().is_some());
            lab.faults(&format!("GET /host={fault}:{code}"));
            assert!(hosts.find(&named("node1"), &bounds()).unwrap().is_some());
            let logins = lab.server.requests();
            let logins = logins
                .iter()
                .filter(|s| s.method == "POST" && s.route == "/sessions");
            assert_eq!(logins.count(), 2, "{fault} {code}");
            lab.done();
        }
    }
}

#[test]
fn busy_garbage_and_broken_answers_to_reads_are_survived() {
    for fault in [
        "busy",
        "code:1073793588",
        "code:1077949001",
        "garbage",
        "truncated",
        "html",
        "http:503",
        "drop-before",
        "drop-after",
    ] {
        let lab = Lab::new(&Seed::v3());
        lab.practice.add_host("node1");
        lab.faults(&format!("GET /host#1-2={fault}"));
        let found = lab.array.hosts().unwrap().find(&named("node1"), &bounds());
        assert_eq!(found.unwrap().unwrap().name, "node1", "{fault}");
        lab.done();
    }
}

#[test]
fn a_login_that_is_turned_away_for_now_is_sent_again() {
    for fault in ["http:503", "http:429", "busy", "code:1077949067"] {
        let lab = Lab::new(&Seed::v3());
        lab.practice.add_host("node1");
        lab.faults(&format!("POST /sessions#1-2={fault}"));
        let found = lab.array.hosts().unwrap().find(&named("node1"), &bounds());
        assert_eq!(found.unwrap().unwrap().name, "node1", "{fault}");
        lab.done();
        // Until nobody waits any more: then it was busy.
        let lab = Lab::new(&Seed::v3());
        lab.faults(&format!("*={fault}"));
        let clock = sanctl::kit::clock::Clock::skipping();
        let late = Bounds::by(&clock, Duration::from_secs(9), "test", Stop::new());
        let error = lab.array.hosts().unwrap().find(&named("node1"), &late);
        let error = error.unwrap_err();
        assert!(matches!(error, Error::Busy { .. }), "{fault}: {error}");
        assert!(!error.hints().is_empty());
    }
}

#[test]
fn what_does_not_get_better_becomes_an_error_that_names_the_request() {
    for (fault, kind) in [
        ("garbage", Kind::Failed),
        ("html", Kind::Failed),
        ("truncated", Kind::Unreachable),
        ("drop-after", Kind::Unreachable),
        ("code:1077949058", Kind::Denied),
        ("code:50338817", Kind::Failed),
    ] {
        let lab = Lab::new(&Seed::v6());
        lab.faults(&format!("GET /lun#every={fault}"));
        let error = lab
            .array
            .luns()
            .find(&named("vol-1"), &bounds())
            .unwrap_err();
        assert_eq!(error.kind(), kind, "{fault}: {error}");
        assert!(error.to_string().contains("dorado1"), "{error}");
        assert!(!error.to_string().contains(Seed::PASSWORD), "{error}");
        lab.done();
    }
}

#[test]
pub(crate) fn a_wrong_password_is_sent_once_and_never_to_the_other_url() {
    for seed in [Seed::v3(), Seed::v6()] {
        let practice = Arc::new(Practice::in_memory(&seed));
        let (one, two) = (serve(&practice), serve(&practice));
        let mut settings = settings(&[&one.url(), &two.url()]);
        settings.reader = Arc::new(|_| Ok(Secret::new("canary".into())));
        let array = OceanStor::new(settings, Trace::default());
        let error = array.identity(&bounds()).unwrap_err();
        assert_eq!(error.kind(), Kind::Denied);
        assert!(!error.to_string().contains("canary"), "{error}");
        assert!(!error.hints().is_empty());
        assert_eq!((one.requests().len(), two.requests().len()), (1, 0));
        assert_eq!(array.close(), None);
    }
}

/// They are none of the password's business: others end theirs while this one waits.
#[test]
fn too_many_sessions_are_waited_for() {
    let lab = Lab::new(&Seed::v6());
    lab.practice.set_options(|o| o.max_sessions = 0);
    let clock = sanctl::kit::clock::Clock::skipping();
    let late = Bounds::by(&clock, Duration::from_secs(9), "test", Stop::new());
    let error = lab.array.identity(&late).unwrap_err();
    assert_eq!(error.kind(), Kind::Unreachable);
    assert!(error.to_string().contains("too many sessions"), "{error}");
    assert!(
        error.hints()[0].contains("end sessions"),
        "{:?}",
        error.hints()
    );
    lab.done();
}

#[test]
fn accounts_that_cannot_be_used_say_why() {
    type Spoil = fn(&Practice);
    let cases: [(Spoil, &str, &str); 5] = [
        (
            |p| p.set_users(|u| u[0].lock = Lock::Locked),
            "locked",
            "unlock",
        ),
        (
            |p| p.set_users(|u| u[0].lock = Lock::Idle),
            "idle",
            "unlock",
        ),
        (
            |p| p.set_users(|u| u[0].state = 3),
            "expired",
            "change the password",
        ),
        (
            |p| p.set_users(|u| u[0].state = 4),
            "initial",
            "change the password",
        ),
        (
            |p| p.set_options(|o| o.ip_locked = true),
            "address is locked",
            "unlock",
        ),
    ];
    for (spoil, why, hint) in cases {
        let lab = Lab::new(&Seed::v6());
        spoil(&lab.practice);
        let error = lab.array.identity(&bounds()).unwrap_err();
        assert_eq!(error.kind(), Kind::Denied);
        assert!(error.to_string().contains(why), "{error}");
        assert!(error.hints()[0].contains(hint), "{:?}", error.hints());
        assert_eq!(lab.practice.open_sessions(), 0, "{why}");
        lab.done();
    }
}

#[test]
fn sessions_end_after_an_error_and_without_a_close() {
    let lab = Lab::new(&Seed::v6());
    lab.faults("GET /lun#every=code:1077949058");
    assert!(lab.array.luns().find(&named("vol-1"), &bounds()).is_err());
    assert_eq!(lab.practice.open_sessions(), 1);
    let Lab {
        practice, array, ..
    } = &lab;
    assert_eq!(array.close(), None);
    assert_eq!(practice.open_sessions(), 0);
    // Whatever is asked afterwards logs in again, and the drop logs out.
    assert!(array.identity(&bounds()).is_ok());
    let Lab {
        practice,
        array,
        server,
    } = lab;
    drop(array);
    assert_eq!(practice.open_sessions(), 0);
    drop(server);
}

#[test]
pub(crate) fn a_session_of_a_url_that_died_is_logged_out_through_the_other() {
    let practice = Arc::new(Practice::in_memory(&Seed::v6()));
    let (one, two) = (serve(&practice), serve(&practice));
    let array = OceanStor::new(settings(&[&one.url(), &two.url()]), Trace::default());
    array.identity(&bounds()).unwrap();
    one.stop();
    array.identity(&bounds()).unwrap();
    assert_eq!(practice.open_sessions(), 1);
    assert_eq!(array.close(), None);
    assert_eq!(practice.open_sessions(), 0);
}

#[test]
fn a_lost_logout_is_repeated() {
    let lab = Lab::new(&Seed::v6());
    lab.array.identity(&bounds()).unwrap();
    lab.faults("DELETE /sessions=drop-before");
    lab.done();
}
