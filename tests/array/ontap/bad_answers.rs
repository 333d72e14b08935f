//! Answers that no array should give, and arrays of the wrong kind.

use std::fmt::Write as _;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use sanctl::array::ontap::config::ApiChoice;
use sanctl::array::{Array, Error, Filter};
use sanctl::kit::bounds::Bounds;
use sanctl::kit::kind::{Failure as _, Kind};
use sanctl::kit::stop::Stop;
use sanctl::sim::ontap::{Ontapi, Rest, Version, VolumeState};
use sanctl::sim::server::{Reply, Request};

use crate::ontap::rig::{BOTH, GIB, ONE, Rig};
use crate::rig::bounds;

const XML: &str = "text/xml";
const JSON: &str = "application/json";

fn kind_of(api: ApiChoice) -> &'static str {
    match api {
        ApiChoice::Zapi => XML,
        _ => JSON,
    }
}

/// Every LUN, by name.
fn luns(array: &dyn Array) -> Result<Vec<String>, Error> {
    let mut names = Vec::new();
    array
        .luns()
        .each(&Filter::default(), &bounds(), &mut |lun| {
            names.push(lun.name);
            ControlFlow::Continue(())
        })?;
    Ok(names)
}

/// A page of LUNs and what leads to the next one.
fn page(api: ApiChoice, names: &[String], next: Option<&str>) -> String {
    let mut text = String::new();
    let serial = |n: usize| format!("abcdefgh{n:04}");
    if api == ApiChoice::Zapi {
        text.push_str("<netapp><results status='passed'><attributes-list>");
        for (n, name) in names.iter().enumerate() {
            let _ = write!(
                text,
                "<lun-info><path>{name}</path><size>1</size><online>true</online>\
                 <vserver>svm_gold</vserver><serial-number>{}</serial-number>\
                 <uuid>7c1ae69b-a704-4eac-9ec9-e12dae79e11c</uuid></lun-info>",
                serial(n)
            );
        }
        let _ = write!(
            text,
            "</attributes-list><num-records>{}</num-records>",
            names.len()
        );
        if let Some(next) = next {
            let _ = write!(text, "<next-tag>{next}</next-tag>");
        }
        text.push_str("</results></netapp>");
        return text;
    }
    let records: Vec<serde_json::Value> = names
        .iter()
        .enumerate()
        .map(|(n, name)| {
            serde_json::json!({"name": name, "serial_number": serial(n), "space": {"size": 1},
                "uuid": "7c1ae69b-a704-4eac-9ec9-e12dae79e11c", "svm": {"name": "svm_gold"},
                "enabled": true, "status": {"state": "online"}})
        })
        .collect();
    let mut body = serde_json::json!({"records": records, "num_records": names.len()});
    if let Some(next) = next {
        body["_links"]["next"]["href"] = format!("/api/storage/luns?{next}").into();
    }
    body.to_string()
}

/// The error of a listing, and how many requests it took.
fn listed(rig: &Rig) -> (Error, usize) {
    rig.server.clear_requests();
    let error = luns(&rig.open()).unwrap_err();
    (error, rig.server.requests().len())
}

#[test]
fn garbage_is_asked_for_again_twice_and_shown_by_its_beginning() {
    let deep = "<a>".repeat(10_000);
    let nested = "[".repeat(10_000);
    let bodies = [
        "",
        "\u{0}\u{1}\u{2}",
        "<login>Please log in</login>",
        "{\"records\":",
        "[]",
        "null",
        "<netapp><results status='passed'>",
        "<netapp/>",
        "<?xml version='1.0'?><!DOCTYPE b [<!ENTITY a 'x'><!ENTITY b '&a;&a;&a;'>]>\
         <netapp><results status='passed'><x>&b;</x></results></netapp>",
        "<?xml version='1.0'?><!DOCTYPE b SYSTEM 'file:/etc/passwd'>\
         <netapp><results status='passed'><x>&unknown;</x></results></netapp>",
        &deep,
        &nested,
    ];
    // Between two questions there are pauses: all at once.
    std::thread::scope(|scope| {
        for api in BOTH {
            for body in bodies {
                if api == ApiChoice::Rest && body.is_empty() {
                    continue;
                }
                scope.spawn(move || garbled(api, body));
            }
        }
    });
}

fn garbled(api: ApiChoice, body: &str) {
    let rig = Rig::new(api);
    let answer = body.to_owned();
    rig.between
        .twist(move |_, reply| *reply = Reply::new(200, kind_of(api), answer.clone()));
    let (error, requests) = listed(&rig);
    let what = format!("{api:?} {body:.40}: {error}");
    assert!(matches!(error, Error::Garbled { .. }), "{what}");
    assert_eq!(requests, 3, "{what}");
    assert!(error.to_string().len() < 500, "{what}");
    assert!(error.hints()[0].contains("url of"), "{what}");
    rig.between.heal();
    assert_eq!(luns(&rig.open()).unwrap().len(), 2);
}

/// A reply of success without a document is no listing.
#[test]
fn an_empty_answer_is_no_empty_listing() {
    let rig = Rig::new(ApiChoice::Rest);
    for body in ["", "{}", "{\"records\": 7, \"num_records\": 0}"] {
        rig.between
            .twist(move |_, reply| *reply = Reply::new(200, JSON, body));
        let (error, _) = listed(&rig);
        assert!(matches!(error, Error::Garbled { .. }), "{body}: {error}");
    }
}

/// Nothing of a bomb is expanded, however it is wrapped.
#[test]
fn entity_bombs() {
    let mut bomb = String::from("<?xml version='1.0'?><!DOCTYPE netapp [<!ENTITY l0 'lol'>");
    for n in 1..60 {
        let _ = write!(bomb, "<!ENTITY l{n} '&l{0};&l{0};&l{0};&l{0};'>", n - 1);
    }
    bomb.push_str("]><netapp><results status='passed'><x>&l59;</x></results></netapp>");
    for body in [
        bomb.clone(),
        bomb.replace(
            "<!DOCTYPE netapp [",
            "<!DOCTYPE netapp PUBLIC '-//a' 'b' \r\n[",
        ),
        "<!DOCTYPE n [<!ENTITY % p SYSTEM 'http://127.0.0.1:1/x'>%p;]><netapp/>".to_owned(),
    ] {
        let rig = Rig::new(ApiChoice::Zapi);
        rig.between
            .twist(move |_, reply| *reply = Reply::new(200, XML, body.clone()));
        let (error, _) = listed(&rig);
        let text = error.to_string();
        assert!(text.contains("DOCTYPE declares"), "{text}");
        // Before a change: nothing is in doubt, and nothing is made.
        let failed = rig.attach(ONE).fails();
        assert_eq!(failed.kind, Kind::Failed, "{failed:?}");
        assert!(rig.array.igroups().is_empty());
    }
}

#[test]
fn long_answers() {
    for api in BOTH {
        // Ten million bytes in one page are read.
        let names = |count: usize, length: usize| -> Vec<String> {
            let name = |n: usize| format!("/vol/v/{n}-{}", "x".repeat(length));
            (0..count).map(name).collect()
        };
        let rig = Rig::new(api);
        let body = page(api, &names(500, 20_500), None);
        assert!(body.len() > 10_000_000 && body.len() < 16 << 20);
        rig.between
            .twist(move |_, reply| *reply = Reply::new(200, kind_of(api), body.clone()));
        assert_eq!(luns(&rig.open()).unwrap().len(), 500, "{api:?}");
        // More than any that is read: told as that, at once.
        let body = " ".repeat((16 << 20) + 1);
        rig.between
            .twist(move |_, reply| *reply = Reply::new(200, kind_of(api), body.clone()));
        let (error, requests) = listed(&rig);
        assert!(matches!(error, Error::Garbled { .. }), "{api:?}: {error}");
        assert!(error.to_string().contains("longer than 16 MiB"), "{error}");
        assert_eq!(requests, 1, "{api:?}");
    }
}

#[test]
fn pages_that_never_end() {
    for api in BOTH {
        for (case, word) in [
            ("same", "circle"),
            ("two in turn", "circle"),
            ("empty for ever", "never end"),
        ] {
            let rig = Rig::new(api);
            let count = AtomicUsize::new(0);
            rig.between.twist(move |_, reply| {
                let n = count.fetch_add(1, Ordering::SeqCst);
                let next = match case {
                    "same" => "start=1".to_owned(),
                    "two in turn" => format!("start={}", n % 2),
                    _ => format!("start={n}"),
                };
                let names = match case {
                    "empty for ever" => Vec::new(),
                    _ => vec![format!("/vol/v/l{n}")],
                };
                *reply = Reply::new(200, kind_of(api), page(api, &names, Some(&next)));
            });
            let (error, requests) = listed(&rig);
            assert!(matches!(error, Error::Garbled { .. }), "{api:?}: {error}");
            assert!(error.to_string().contains(word), "{api:?} {case}: {error}");
            assert!(requests <= 101, "{api:?} {case}: {requests}");
        }
    }
    // Ever new pages with ever new records: the deadline ends them.
    for api in BOTH {
        let rig = Rig::new(api);
        let count = AtomicUsize::new(0);
        rig.between.twist(move |_, reply| {
            let n = count.fetch_add(1, Ordering::SeqCst);
            let next = format!("start={n}");
            let names = [format!("/vol/v/l{n}")];
            *reply = Reply::new(200, kind_of(api), page(api, &names, Some(&next)));
        });
        let short = Bounds::new(Duration::from_millis(300), "test", Stop::new());
        let array = rig.open();
        let mut sink = |_| ControlFlow::Continue(());
        let error = array
            .luns()
            .each(&Filter::default(), &short, &mut sink)
            .unwrap_err();
        assert_eq!(error.kind(), Kind::Unreachable, "{api:?}: {error}");
    }
}

#[test]
fn a_next_page_is_followed_as_written_and_nowhere_else() {
    for (href, follows) in [
        ("/api/storage/luns?start=%2Fvol%2Fa..b&fields=name", true),
        ("/api//storage/luns?x=a..b", true),
        ("http://192.0.2.1/api/storage/luns?start=1", false),
        ("//192.0.2.1/api/x", false),
        ("/elsewhere?start=1", false),
        ("/api/../servlets?start=1", false),
        ("/api/%2e%2E/servlets?start=1", false),
    ] {
        let rig = Rig::new(ApiChoice::Rest);
        let count = AtomicUsize::new(0);
        rig.between.twist(move |_, reply| {
            let first = count.fetch_add(1, Ordering::SeqCst) == 0;
            let mut body: serde_json::Value =
                serde_json::from_str(&page(ApiChoice::Rest, &["/vol/v/l".into()], None)).unwrap();
            if first {
                body["_links"]["next"]["href"] = href.into();
            }
            *reply = Reply::new(200, JSON, body.to_string());
        });
        rig.server.clear_requests();
        let found = luns(&rig.open());
        assert_eq!(found.is_ok(), follows, "{href}: {found:?}");
        let seen = rig.server.requests();
        assert_eq!(seen.len(), 1 + usize::from(follows), "{href}");
        if follows {
            assert_eq!(seen[1].path_and_query, href);
        }
    }
}

/// What REST is too old for, and what ZAPI that is switched off comes to, with either setting.
#[test]
fn interfaces_that_are_not_what_is_configured() {
    let told = |api: ApiChoice, make: &dyn Fn(&Rig)| {
        let rig = Rig::new(api);
        make(&rig);
        let error = rig.open().identity(&bounds()).unwrap_err();
        let text = format!("{error} {}", error.hints().join(" "));
        let failed = rig.attach(ONE).fails();
        assert!(rig.array.igroups().is_empty(), "{failed:?}");
        (error.kind(), text, failed)
    };
    // Before REST; then REST without something that is asked for; then old, and good enough.
    let (kind, text, failed) = told(ApiChoice::Rest, &|rig| {
        rig.array.set_version(Version::new(5, 0));
    });
    assert_eq!(kind, Kind::Unsupported, "{text}");
    assert!(text.contains("api = \"zapi\""), "{text}");
    assert_eq!(failed.kind, Kind::Unsupported, "{failed:?}");
    for minor in [7, 8, 10] {
        let rig = Rig::new(ApiChoice::Rest);
        rig.array.set_version(Version::new(minor, 0));
        let report = rig.open().test(&bounds()).unwrap();
        let warnings = report.warnings.join(" ");
        assert!(warnings.contains("api = \"zapi\""), "{warnings}");
        let words = format!("no: 9.{minor}.0 is older than 9.11.1");
        assert_eq!(report.details["rest"], words);
        if rig.attach(ONE).result.is_err() {
            let failed = rig.attach(ONE).fails();
            assert_eq!(failed.kind, Kind::Unsupported, "9.{minor}.0: {failed:?}");
            assert!(rig.array.igroups().is_empty(), "{failed:?}");
        }
    }
    let rig = Rig::new(ApiChoice::Rest);
    rig.array.set_version(Version::new(7, 0));
    rig.between.twist(|request: &Request, reply| {
        if request.path.contains("lun") {
            let body = "{\"error\": {\"code\": \"262197\", \"message\": \"bad field\"}}";
            *reply = Reply::new(400, JSON, body);
        }
    });
    let failed = rig.attach(ONE).fails();
    assert_eq!(failed.kind, Kind::Unsupported, "{failed:?}");
    assert!(failed.text.contains("9.7.0"), "{failed:?}");
    for (off, wanted) in [
        (Rest::NotFound, Kind::Unsupported),
        (Rest::Closed, Kind::Unreachable),
    ] {
        let (kind, text, failed) = told(ApiChoice::Rest, &|rig| {
            rig.array.set_options(|o| o.rest = off);
        });
        assert_eq!(kind, wanted, "{off:?}: {text}");
        assert_eq!(failed.kind, wanted, "{off:?}: {failed:?}");
    }
    for (off, wanted) in [
        (Ontapi::Html, Kind::Unsupported),
        (Ontapi::NotFound, Kind::Unsupported),
        (Ontapi::Closed, Kind::Unreachable),
        (Ontapi::UnknownCalls, Kind::Unsupported),
    ] {
        let (kind, text, failed) = told(ApiChoice::Zapi, &|rig| {
            rig.array.set_options(|o| o.ontapi = off);
        });
        assert_eq!(kind, wanted, "{off:?}: {text}");
        assert_eq!(failed.kind, wanted, "{off:?}: {failed:?}");
        assert!(text.contains("api = \"rest\""), "{off:?}: {text}");
    }
}

/// Status 503 may be a takeover: it is waited for, and told as what it may be.
#[test]
fn zapi_behind_a_busy_web_server() {
    let rig = Rig::new(ApiChoice::Zapi);
    rig.array.set_options(|o| o.ontapi = Ontapi::Unavailable);
    let short = Bounds::new(Duration::from_millis(400), "test", Stop::new());
    let error = rig.open().identity(&short).unwrap_err();
    assert!(matches!(error, Error::Busy { .. }), "{error}");
    let text = error.to_string();
    assert!(text.contains("api = \"rest\" speaks REST"), "{text}");
    // Nothing of it decides when REST is there as well.
    let rig = Rig::new(ApiChoice::Auto);
    rig.array.set_options(|o| o.ontapi = Ontapi::Unavailable);
    rig.attach(ONE).expect();
}

/// A first question that gets lost makes no other array of it.
#[test]
fn one_lost_answer_does_not_decide_which_interface_is_spoken() {
    for act in [
        "drop-before",
        "drop-after",
        "truncated",
        "http:503",
        "code:busy",
    ] {
        let rig = Rig::new(ApiChoice::Auto);
        rig.array.set_options(|o| o.ontapi = Ontapi::NotFound);
        rig.fault(&format!("@1={act}"));
        let identity = rig.open().identity(&bounds());
        assert_eq!(
            identity.unwrap().api.as_deref(),
            Some("rest"),
            "{act} at the first request"
        );
    }
}

/// 7-Mode speaks ZAPI, and another one (ontap.md §13).
#[test]
fn seven_mode_is_recognised() {
    for api in [ApiChoice::Auto, ApiChoice::Zapi] {
        let rig = Rig::new(api);
        rig.array.set_options(|o| {
            o.clustered = false;
            o.rest = Rest::NotFound;
        });
        rig.between.twist(|request: &Request, reply| {
            if String::from_utf8_lossy(&request.body).contains("-get-iter>") {
                let body = "<netapp><results status='failed' errno='13005' \
                            reason='Unable to find API: lun-get-iter'/></netapp>";
                *reply = Reply::new(200, XML, body);
            }
        });
        let failed = rig.attach(ONE).fails();
        assert_eq!(failed.kind, Kind::Unsupported, "{api:?}: {failed:?}");
        assert!(failed.text.contains("7-Mode"), "{failed:?}");
        let array = rig.open();
        for error in [
            array.identity(&bounds()).unwrap_err(),
            array.test(&bounds()).unwrap_err(),
            luns(&array).unwrap_err(),
        ] {
            assert_eq!(error.kind(), Kind::Unsupported, "{error}");
            assert!(error.to_string().contains("7-Mode"), "{error}");
        }
    }
}

/// Volumes that cannot be read leave a gap, and it is told.
#[test]
fn volumes_whose_luns_cannot_be_read() {
    let rig = Rig::new(ApiChoice::Zapi);
    rig.array.add_lun("/vol/cinder_a/another", GIB);
    rig.array.set_volume("cinder_b", VolumeState::Offline);
    let array = rig.open();
    assert_eq!(luns(&array).unwrap().len(), 2);
    let gaps = array.take_gaps();
    assert_eq!(gaps.len(), 1, "{gaps:?}");
    assert!(
        gaps[0].contains("cinder_b") && gaps[0].contains("13042"),
        "{gaps:?}"
    );
    assert!(array.take_gaps().is_empty());
    // Told as a warning where nobody asks for gaps.
    luns(&array).unwrap();
    assert_eq!(array.take_warnings(), gaps);
}

/// Busy without end: told as busy when the time is over, and nothing was made.
#[test]
fn busy_for_longer_than_there_is_time() {
    std::thread::scope(|scope| {
        for api in BOTH {
            for act in ["code:busy", "code:takeover", "http:503", "http:429"] {
                scope.spawn(move || {
                    let rig = Rig::new(api);
                    rig.fault(&format!("*={act}"));
                    let short = Bounds::new(Duration::from_secs(2), "test", Stop::new());
                    let error = rig.open().identity(&short).unwrap_err();
                    assert!(
                        matches!(error, Error::Busy { .. }),
                        "{api:?} {act}: {error}"
                    );
                    let requests = rig.server.requests().len();
                    assert!(requests > 1, "{api:?} {act}: {requests}");
                });
            }
        }
    });
}
