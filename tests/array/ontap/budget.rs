//! Requests and dependent waves: exact, and the same with ten LUNs as with ten thousand.

use std::fmt::Write;

use sanctl::array::ontap::config::ApiChoice;
use sanctl::sim::ontap::Version;

use crate::ontap::rig::{BOTH, IQN, ONE, Rig, TWO};
use crate::rig::Walked;

/// One flow: its name, requests, dependent waves.
type Cost = (&'static str, usize, usize);

/// An answer that takes this long overlaps with those that were asked for together.
const PACES: [u64; 3] = [40, 200, 1000];

/// Runs the flows at a pace at which waves can be told apart; on a busy machine a request may leave
/// later than the answer to the one sent with it, then once more, slower.
fn costs(make: &dyn Fn() -> Rig, want: &[Cost]) -> (Vec<Cost>, Vec<Walked>) {
    let mut last = None;
    for millis in PACES {
        let rig = make();
        rig.fault(&format!("*=slow:{millis}ms"));
        let one = rig.attach(ONE).expect();
        let two = rig.attach(TWO).expect();
        let again = rig.attach(TWO).expect();
        let detach = rig.detach(ONE, None).expect();
        let end = rig.detach(TWO, None).expect();
        let names = ["new", "existing", "again", "detach", "last"];
        let walks = vec![one, two, again, detach, end];
        let costs: Vec<Cost> = names
            .into_iter()
            .zip(&walks)
            .map(|(name, walked)| (name, walked.requests.len(), walked.waves))
            .collect();
        if costs == want {
            return (costs, walks);
        }
        last = Some((costs, walks));
    }
    last.unwrap()
}

/// New igroup; existing igroup; nothing to do; one of two, and the igroup is not asked for, because
/// the other is on record; the last one, and the igroup with it. The first request of a detach goes
/// alone, until the array has taken the password.
const REST: [Cost; 5] = [
    ("new", 7, 4),
    ("existing", 6, 3),
    ("again", 5, 2),
    ("detach", 3, 3),
    ("last", 4, 4),
];

const ZAPI: [Cost; 5] = [
    ("new", 8, 5),
    ("existing", 6, 3),
    ("again", 5, 2),
    ("detach", 3, 3),
    ("last", 4, 4),
];

fn want(api: ApiChoice) -> [Cost; 5] {
    match api {
        ApiChoice::Zapi => ZAPI,
        _ => REST,
    }
}

#[test]
fn requests_and_waves_whatever_else_the_array_holds() {
    for api in BOTH {
        let want = want(api);
        for others in [0, 10_000] {
            let make = || {
                let rig = Rig::new(api);
                rig.array.populate(others);
                rig
            };
            let (costs, walks) = costs(&make, &want);
            let calls: Vec<Vec<String>> = walks.iter().map(Rig::calls).collect();
            assert_eq!(costs, want, "{api:?}, {others} others: {calls:#?}");
            for walked in &walks {
                let bytes: u64 = walked.requests.iter().map(|r| r.bytes_out).sum();
                assert!(bytes < 20_000, "{api:?}, {others} others: {bytes} bytes");
            }
        }
    }
}

/// Bytes sent and received, heads included: not one more for ten thousand LUNs than for ten.
#[test]
fn bytes_are_the_same_for_ten_luns_and_for_ten_thousand() {
    for api in BOTH {
        let flows = |others: usize| -> Vec<(&str, usize, u64, u64)> {
            let rig = Rig::new(api);
            rig.array.populate(others);
            let walks = [
                ("attach, new igroup", rig.attach(ONE).expect()),
                ("attach, igroup there", rig.attach(TWO).expect()),
                ("attach again", rig.attach(TWO).expect()),
                ("detach", rig.detach(ONE, None).expect()),
                ("detach, the last", rig.detach(TWO, None).expect()),
            ];
            let sum = |walked: &Walked| {
                let seen = walked.requests.iter();
                seen.fold((0, 0), |(i, o), s| (i + s.bytes_in, o + s.bytes_out))
            };
            walks
                .iter()
                .map(|(name, walked)| {
                    let (sent, received) = sum(walked);
                    (*name, walked.requests.len(), sent, received)
                })
                .collect()
        };
        let ten = flows(8);
        assert_eq!(ten, flows(9_998), "{api:?}");
        for (name, requests, sent, received) in ten {
            println!(
                "{}: {name}: {requests} requests, {sent} bytes sent, {received} received",
                api_word(api)
            );
            assert!(sent < 8_000 && received < 12_000, "{api:?} {name}");
        }
    }
}

fn api_word(api: ApiChoice) -> &'static str {
    match api {
        ApiChoice::Zapi => "zapi",
        _ => "rest",
    }
}

/// What else a host has makes nothing dearer either.
#[test]
fn hosts_with_luns_of_their_own() {
    for api in BOTH {
        let rig = Rig::new(api);
        rig.array.populate_hosts(300);
        rig.attach(ONE).expect();
        let second = rig.attach(TWO).expect();
        assert_eq!(second.requests.len(), 6, "{api:?}");
    }
}

/// Asking which interface to speak is one more; a port set is one more, CHAP is one more.
#[test]
fn what_costs_one_more() {
    for release in [Version::new(9, 14), Version::new(9, 9)] {
        let rig = Rig::new(ApiChoice::Auto);
        rig.array.set_version(release);
        rig.attach(ONE).expect();
        let walked = rig.attach(TWO).expect();
        assert_eq!(walked.requests.len(), 6 + 1, "{:#?}", Rig::calls(&walked));
        let walked = rig.detach(ONE, None).expect();
        assert_eq!(walked.requests.len(), 3 + 1, "{:#?}", Rig::calls(&walked));
    }
    for api in BOTH {
        let rig = Rig::new(api);
        rig.array.add_igroup("by-hand", "iscsi", &[IQN]);
        rig.array.add_portset("ps", "iscsi", &["iscsi_2"]);
        rig.array.bind_portset("by-hand", Some("ps"));
        let walked = rig.attach(ONE).expect();
        let calls = Rig::calls(&walked);
        assert_eq!(walked.requests.len(), 6 + 1, "{api:?}: {calls:#?}");
        let targets = walked.facts.connection.unwrap().targets;
        let portals: Vec<String> = targets.iter().map(|t| t.at.portal.to_string()).collect();
        assert_eq!(portals, ["192.0.2.42:3260"], "{api:?}");
    }
}

/// A LUN that others have too: ZAPI has to ask for its maps, which come with the LUN over REST.
#[test]
fn what_sharing_costs() {
    for (api, want) in BOTH.into_iter().zip([(6, 3), (7, 4)]) {
        let mut last = (0, 0);
        for millis in PACES {
            let mut rig = Rig::new(api);
            rig.array
                .add_igroup("theirs", "iscsi", &["iqn.1994-05.com.redhat:c004"]);
            rig.array.map(TWO, "theirs", None);
            rig.attach(ONE).expect();
            rig.shared = true;
            rig.fault(&format!("*=slow:{millis}ms"));
            let walked = rig.attach(TWO).expect();
            last = (walked.requests.len(), walked.waves);
            if last == want {
                break;
            }
        }
        assert_eq!(last, want, "{api:?}");
    }
}

/// The sequence itself, per interface. Requests of one wave in the order of the letters.
#[test]
fn the_words_on_the_wire() {
    for api in BOTH {
        let (_, walks) = costs(&|| Rig::new(api), &want(api));
        let mut text = String::new();
        for (name, walked) in ["new", "existing", "again", "detach", "last"]
            .iter()
            .zip(&walks)
        {
            let _ = writeln!(text, "# {name}");
            let mut wave: Vec<String> = Vec::new();
            let mut end = 0;
            for seen in &walked.requests {
                if seen.start > end && !wave.is_empty() {
                    wave.sort();
                    let _ = writeln!(text, "{}\n--", wave.join("\n"));
                    wave.clear();
                    end = 0;
                }
                end = if end == 0 {
                    seen.end
                } else {
                    end.min(seen.end)
                };
                let body = match seen.body.as_str() {
                    "" => String::new(),
                    body => format!(" {body}"),
                };
                wave.push(format!("{} {}{body}", seen.method, seen.path_and_query));
            }
            wave.sort();
            let _ = writeln!(text, "{}", wave.join("\n"));
        }
        insta::assert_snapshot!(format!("wire_{api:?}").to_lowercase(), text);
    }
}
