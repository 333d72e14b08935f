//! Finding objects on arrays that answer more, less or other things than asked.

use super::*;
use crate::array::oceanstor::nouns::{host, initiator, lun, mapping};
use crate::array::{Catalog as _, Filter};
use crate::model::nouns::Lun;
use crate::model::selector::Selector;

fn named(name: &str) -> Selector {
    Selector::Name(name.into())
}

#[test]
fn what_a_fuzzy_filter_answers_is_compared_again() {
    let script = server(|_, _| {
        ok(
            json!([{"ID": "1", "NAME": "node10"}, {"ID": "2", "NAME": "node1"},
            {"ID": "3", "NAME": "NODE1"}]),
        )
    });
    let client = client(&[&script.url]);
    let found = host::find(&client, &named("node1"), &bounds()).unwrap();
    assert_eq!(found.unwrap().id, "2");
    assert_eq!(
        host::find(&client, &named("node"), &bounds()).unwrap(),
        None
    );
    let path = &script.seen()[1].path;
    assert!(
        path.ends_with("/host?filter=NAME::node1&range=[0-100]"),
        "{path}"
    );
}

#[test]
fn two_objects_of_one_name_are_ambiguous_with_their_ids() {
    let script = server(|_, _| ok(json!([{"ID": "4", "NAME": "v"}, {"ID": "9", "NAME": "v"}])));
    let error = lun::find(&client(&[&script.url]), &named("v"), &bounds()).unwrap_err();
    assert_eq!(error.kind(), Kind::NotFound);
    assert!(error.to_string().contains("4, 9"), "{error}");
}

#[test]
fn a_reply_about_another_object_is_not_believed() {
    let script = server(|_, _| ok(json!({"ID": "31", "NAME": "other"})));
    let client = client(&[&script.url]);
    let error = lun::find(&client, &Selector::Id("30".into()), &bounds()).unwrap_err();
    assert!(error.to_string().contains("id 31"), "{error}");
    let script = server(|_, _| ok(json!([{"NAME": "v"}])));
    let error = lun::find(&super::client(&[&script.url]), &named("v"), &bounds()).unwrap_err();
    assert!(error.to_string().contains("without an ID"), "{error}");
}

#[test]
fn an_unknown_wwpn_may_be_a_bad_parameter() {
    for number in [1_077_948_996, 50_331_651] {
        let script = server(move |_, _| code(number));
        let client = client(&[&script.url]);
        let found = initiator::find(&client, "10008c7cff409e80", &bounds());
        assert_eq!(found.unwrap(), None, "{number}");
        assert_eq!(script.count("GET", "/fc_initiator/10008c7cff409e80"), 1);
    }
}

/// That word may mean anything, so it is not taken for "unknown" alone.
#[test]
fn a_wwpn_that_is_a_bad_parameter_is_asked_by_filter() {
    let wwpn = "10008c7cff409e80";
    let script = server(move |seen, _| {
        if seen.resource().contains("?filter=ID::10008c7cff409e80") {
            ok(json!([{"ID": wwpn, "ISFREE": "true", "RUNNINGSTATUS": "27"}]))
        } else {
            code(50_331_651)
        }
    });
    let found = initiator::find(&client(&[&script.url]), wwpn, &bounds());
    assert!(found.unwrap().unwrap().online);
}

#[test]
fn an_array_that_cannot_be_asked_by_iqn_is_asked_by_filter() {
    let iqn = "iqn.1994-05.com.redhat:abc";
    for refusal in [Act::http(404, "not found"), code(50_331_651)] {
        let script = server(move |seen, _| {
            if seen
                .resource()
                .contains("?filter=ID::iqn.1994-05.com.redhat%5C:abc")
            {
                ok(json!([{"ID": iqn, "ISFREE": "true", "RUNNINGSTATUS": "28"}]))
            } else {
                refusal.clone()
            }
        });
        let found = initiator::find(&client(&[&script.url]), iqn, &bounds());
        let found = found.unwrap().unwrap();
        assert_eq!(
            (found.id.as_str(), found.host, found.online),
            (iqn, None, false)
        );
    }
}

#[test]
fn a_bound_initiator_is_never_taken_for_free() {
    let script = server(|_, _| {
        ok(json!({"ID": "iqn.a:b", "ISFREE": "true", "PARENTTYPE": 21, "PARENTID": 7}))
    });
    let found = initiator::find(&client(&[&script.url]), "iqn.a:b", &bounds());
    assert_eq!(found.unwrap().unwrap().host.unwrap().id, "7");
}

#[test]
fn a_lun_number_that_is_not_told_yet_is_unknown_and_never_guessed() {
    let script = server(|_, _| ok(json!([{"ID": "30", "NAME": "v", "WWN": "x"}])));
    let client = client(&[&script.url]);
    let wanted = Lun {
        id: "30".into(),
        name: "v".into(),
        wwid: None,
        size_bytes: 0,
        snapshot: false,
        state: crate::model::nouns::State {
            usable: true,
            words: String::new(),
        },
        pool: None,
        mapped: None,
    };
    let seen = lun::on_host(&client, &wanted, "2", &bounds())
        .unwrap()
        .unwrap();
    assert_eq!((seen.lun_number, seen.wwid), (None, None));
    let other = Lun {
        id: "31".into(),
        ..wanted
    };
    assert_eq!(lun::on_host(&client, &other, "2", &bounds()).unwrap(), None);
}

#[test]
fn the_free_numbers_of_a_view_in_all_spellings() {
    for (told, want) in [
        (json!("[0,1,2]"), Some(vec![0, 1, 2])),
        (json!("[\"0\", \"5\"]"), Some(vec![0, 5])),
        (json!([3]), Some(vec![3])),
        (json!("[]"), Some(vec![])),
        (json!("nonsense"), None),
        (json!(null), None),
    ] {
        let view = json!({"ID": "1", "AVAILABLEHOSTLUNIDLIST": told});
        let view = crate::array::oceanstor::object::Object::new(view.as_object().unwrap().clone());
        let numbers = mapping::available(&view).map(|n| n.iter().map(|n| n.0).collect::<Vec<_>>());
        assert_eq!(numbers, want, "{told}");
    }
}

#[test]
fn initiators_of_other_hosts_are_left_out() {
    let script = server(|seen, _| {
        if seen.resource().starts_with("/fc_initiator") {
            return ok(json!([]));
        }
        ok(json!([{"ID": "iqn.a:1", "PARENTID": "2", "PARENTTYPE": 21},
            {"ID": "iqn.a:2", "PARENTID": "22"}, {"ID": "iqn.a:3", "ISFREE": "true"}]))
    });
    let mut found = Vec::new();
    let client = client(&[&script.url]);
    initiator::of_host(&client, "2", None, &bounds(), &mut |one| {
        found.push(one.id);
        Ok(ControlFlow::Continue(()))
    })
    .unwrap();
    assert_eq!(found, ["iqn.a:1"]);
}

/// An array whose question about direct mappings also answers what goes through views.
fn generous(seen: &Seen) -> Act {
    let path = seen.resource();
    let parts = path.split('?').next().unwrap_or_default();
    let to = |kind: u32| path.contains(&format!("ASSOCIATEOBJTYPE={kind}&"));
    match parts {
        "/system/" => ok(json!({"PRODUCTVERSION": "V600R005C03"})),
        "/host/2" => ok(json!({"ID": "2", "NAME": "node1"})),
        "/lun/30" => ok(json!({"ID": "30", "NAME": "viewed"})),
        "/lun/31" => ok(json!({"ID": "31", "NAME": "direct"})),
        "/mapping/associate" if to(21) => {
            ok(json!([{"hostId": "2", "lunId": "30"}, {"hostId": "2", "lunId": "31"}]))
        }
        "/mapping/associate" => ok(json!([{"hostId": "2"}])),
        "/lungroup/associate" if to(11) && path.ends_with("31&range=[0-100]") => ok(json!([])),
        "/lungroup/associate" => ok(json!([{"ID": "5", "NAME": "lg"}])),
        "/hostgroup/associate" => ok(json!([{"ID": "4", "NAME": "hg"}])),
        "/mappingview/associate" => ok(json!([{"ID": "6", "NAME": "view"}])),
        "/host/associate" => ok(json!([{"ID": "2", "NAME": "node1"}])),
        "/lun/associate" => ok(json!([{"ID": "30", "NAME": "viewed",
            "ASSOCIATEMETADATA": "{\"HostLUNID\":1}"}])),
        "/mappingview/6" => ok(json!({"ID": "6", "NAME": "view"})),
        _ => ok(json!([])),
    }
}

#[test]
fn what_goes_through_a_view_is_no_direct_mapping() {
    let script = server(|seen, _| generous(seen));
    let client = Arc::new(client(&[&script.url]));
    let rows = mapping::of_lun(&client, &Selector::Id("30".into()), &bounds()).unwrap();
    assert_eq!(rows.len(), 1, "{rows:?}");
    assert_eq!(rows[0].mapping.as_ref().unwrap().what, "view");
    let filter = Filter {
        host: Some(Selector::Id("2".into())),
        ..Filter::default()
    };
    let mut found = Vec::new();
    mapping::Mappings(client)
        .each(&filter, &bounds(), &mut |mapping| {
            found.push((mapping.kind, mapping.id));
            ControlFlow::Continue(())
        })
        .unwrap();
    let pair = |kind: &str, id: &str| (kind.to_owned(), id.to_owned());
    assert_eq!(found, [pair("view", "6"), pair("direct", "2:31")]);
}
