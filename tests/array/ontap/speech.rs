//! Which interface is spoken, how answers are dressed, and whose SVM is meant.

use sanctl::array::Array;
use sanctl::array::ontap::config::ApiChoice;
use sanctl::kit::kind::{Failure as _, Kind};
use sanctl::sim::ontap::{LastPage, Lines, Ontapi, Quotes, Rest, Seed, Transfer, Version};

use crate::ontap::rig::{BOTH, IQN, ONE, Rig};
use crate::rig::bounds;

/// What is spoken when nothing is said.
fn spoken(change: &dyn Fn(&Rig)) -> Result<String, (Kind, String)> {
    let rig = Rig::new(ApiChoice::Auto);
    change(&rig);
    let array = rig.open();
    match array.identity(&bounds()) {
        Ok(identity) => Ok(identity.api.unwrap()),
        Err(error) => Err((error.kind(), format!("{error} {:?}", error.hints()))),
    }
}

#[test]
fn auto_follows_the_release() {
    let of = |major, minor| spoken(&|rig| rig.array.set_version(Version::new(major, minor)));
    assert_eq!(of(14, 1).unwrap(), "rest");
    assert_eq!(of(11, 1).unwrap(), "rest");
    assert_eq!(of(10, 1).unwrap(), "zapi");
    assert_eq!(of(8, 0).unwrap(), "zapi");
    assert_eq!(of(5, 0).unwrap(), "zapi");
    for rest in [Rest::NotFound, Rest::Closed] {
        let api = spoken(&|rig| rig.array.set_options(|o| o.rest = rest));
        assert_eq!(api.unwrap(), "zapi", "{rest:?}");
    }
}

#[test]
fn zapi_that_is_switched_off_is_told() {
    for off in [
        Ontapi::Html,
        Ontapi::NotFound,
        Ontapi::Closed,
        Ontapi::UnknownCalls,
    ] {
        let rig = Rig::new(ApiChoice::Zapi);
        rig.array.set_options(|o| o.ontapi = off);
        let error = rig.open().identity(&bounds()).unwrap_err();
        let text = format!("{error} {:?}", error.hints());
        assert!(
            text.contains("rest") || text.contains("url"),
            "{off:?}: {text}"
        );
        let rig = Rig::new(ApiChoice::Auto);
        rig.array.set_options(|o| o.ontapi = off);
        rig.attach(ONE).expect();
        let report = rig.open().test(&bounds()).unwrap();
        assert!(report.details["zapi"].starts_with("no: "), "{off:?}");
    }
}

#[test]
fn answers_in_every_dress() {
    for last_page in [LastPage::NoTag, LastPage::EmptyTag, LastPage::EmptyPage] {
        for (quotes, lines, transfer) in [
            (Quotes::Mixed, Lines::Packed, Transfer::Length),
            (Quotes::Single, Lines::CrLf, Transfer::Chunked),
            (Quotes::Double, Lines::Lf, Transfer::Chunked),
        ] {
            for api in BOTH {
                let rig = Rig::new(api);
                rig.array.set_options(|o| {
                    o.page = 1;
                    o.last_page = last_page;
                    o.quotes = quotes;
                    o.lines = lines;
                    o.transfer = transfer;
                });
                let before = rig.array.dump();
                rig.attach(ONE).expect();
                rig.detach(ONE, None).expect();
                assert_eq!(rig.array.dump(), before, "{api:?} {last_page:?} {quotes:?}");
            }
        }
    }
}

/// Every request is dressed as the vendor's own clients dress theirs (ontap.md §2, §5).
#[test]
fn requests_are_dressed_as_they_must_be() {
    for api in BOTH {
        let mut rig = Rig::new(api);
        for svm in [Some(Seed::SVM), None] {
            rig.settings = Box::new(move |s| {
                s.svm = svm.map(str::to_owned);
                if svm.is_none() {
                    s.user = Seed::SVM_USER.into();
                }
            });
            rig.between.take_seen();
            rig.attach(ONE).expect();
            rig.detach(ONE, None).expect();
            let seen = rig.between.take_seen();
            assert!(seen.len() > 9, "{api:?}");
            for request in &seen {
                let app = request.header("x-dot-client-app").unwrap();
                assert!(app.starts_with("sanctl/"), "{app}");
                let login = request.header("authorization").unwrap();
                assert!(login.starts_with("Basic "), "{request:?}");
                let body = String::from_utf8_lossy(&request.body);
                let (kind, accept) = match api {
                    ApiChoice::Zapi => {
                        let path = "/servlets/netapp.servlets.admin.XMLrequest_filer";
                        assert_eq!((request.method.as_str(), &*request.path), ("POST", path));
                        assert!(body.starts_with("<?xml version=\"1.0\""), "{body}");
                        assert!(body.contains(" version=\"1.21\""), "{body}");
                        let space = "xmlns=\"http://www.netapp.com/filer/admin\"";
                        assert!(body.contains(space), "{body}");
                        let vfiler = svm.map(|name| format!(" vfiler=\"{name}\""));
                        match vfiler {
                            Some(vfiler) => assert!(body.contains(&vfiler), "{body}"),
                            None => assert!(!body.contains("vfiler"), "{body}"),
                        }
                        assert_eq!(request.header("x-dot-svm-name"), None);
                        (Some("text/xml"), "text/xml")
                    }
                    _ => {
                        assert!(request.path.starts_with("/api/"), "{}", request.path);
                        assert_eq!(request.header("x-dot-svm-name"), svm, "{request:?}");
                        if request.method == "GET" {
                            assert!(request.query.contains("fields="), "{}", request.query);
                        }
                        let kind = (!body.is_empty()).then_some("application/json");
                        // With this and no other there is no link but the next page's.
                        (kind, "application/json")
                    }
                };
                assert_eq!(request.header("content-type"), kind, "{request:?}");
                assert_eq!(request.header("accept"), Some(accept), "{request:?}");
            }
        }
    }
}

/// An address of IPv6 stands in brackets, in the URL and in the header.
#[test]
fn arrays_with_addresses_of_ipv6() {
    for api in BOTH {
        let mut rig = Rig::new(api);
        let device = std::sync::Arc::clone(&rig.between);
        let bind = (std::net::Ipv6Addr::LOCALHOST, 0).into();
        let Ok(server) =
            sanctl::sim::server::Server::start(device, bind, sanctl::sim::faults::Faults::none())
        else {
            return;
        };
        let url = format!("http://[::1]:{}", server.addr().port());
        let host = url.trim_start_matches("http://").to_owned();
        rig.settings = Box::new(move |s| {
            s.urls = vec![sanctl::array::ontap::config::parse_url(&url).unwrap()];
        });
        rig.between.take_seen();
        rig.attach(ONE).expect();
        let seen = rig.between.take_seen();
        assert!(seen.iter().all(|r| r.header("host") == Some(&*host)));
        rig.detach(ONE, None).expect();
    }
}

#[test]
fn accounts_of_an_svm_need_no_name() {
    for api in BOTH {
        let mut rig = Rig::new(api);
        rig.array.add_svm("svm_tin");
        rig.settings = Box::new(|s| {
            s.user = Seed::SVM_USER.into();
            s.svm = None;
        });
        rig.attach(ONE).expect();
        rig.detach(ONE, None).expect();
        // An account of the cluster does.
        rig.settings = Box::new(|s| s.svm = None);
        let failed = rig.attach(ONE).fails();
        assert_eq!(failed.kind, Kind::Usage, "{api:?}: {failed:?}");
        assert!(failed.text.contains("svm_tin"), "{api:?}: {failed:?}");
        assert!(rig.array.igroups().is_empty());
    }
}

#[test]
fn after_a_switchover_the_svm_has_another_name() {
    for api in BOTH {
        let rig = Rig::new(api);
        rig.attach(ONE).expect();
        rig.array.rename_svm(Seed::SVM, "svm_gold-mc");
        let again = rig.attach(ONE).expect();
        assert!(!again.report.changed, "{api:?}");
        rig.detach(ONE, None).expect();
        assert!(rig.array.igroups().is_empty(), "{api:?}");
        let array = rig.open();
        array.luns().find(&ONE.parse().unwrap(), &bounds()).unwrap();
        let warnings = array.take_warnings();
        assert!(warnings[0].contains("svm_gold-mc"), "{warnings:?}");
    }
}

#[test]
fn the_same_path_in_another_svm_is_another_lun() {
    for api in BOTH {
        let rig = Rig::new(api);
        rig.array.add_svm("svm_tin");
        rig.array.add_volume("svm_tin", "cinder_a", "ams-01a");
        rig.array.add_lun(&format!("svm_tin:{ONE}"), 1 << 20);
        rig.array.add_igroup("svm_tin:theirs", "iscsi", &[IQN]);
        let array = rig.open();
        let found = array.luns().find(&ONE.parse().unwrap(), &bounds()).unwrap();
        assert_eq!(found.unwrap().size_bytes, 1 << 30, "{api:?}");
        rig.attach(ONE).expect();
        assert_eq!(rig.array.maps_of(ONE).len(), 1, "{api:?}");
    }
}
