//! The first configuration of an ONTAP: recognised, asked, pinned, and nothing told to a stranger.

use std::os::unix::fs::PermissionsExt as _;

use sanctl::sim::ontap::{Ontapi, Rest, Seed};

use super::{CLUSTER, Served};
use crate::place::Ran;
use crate::served::dead_port;
use crate::tls::{Certificate, Front};

const INIT: &str = "config init --name gold --secret-file password --config new.toml";

impl Served {
    fn init(&self, words: &str) -> Ran {
        let url = self.server.url();
        self.place.run(&format!("{INIT} --url {url} {words}"))
    }

    /// The lines of the section that was written, without what each has.
    fn written(&self) -> Vec<String> {
        let path = self.place.path("new.toml");
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(!text.contains(Seed::PASSWORD), "{text}");
        let mode = path.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        std::fs::remove_file(path).unwrap();
        let common = ["#", "[", "url", "user", "password"];
        let own = |line: &&str| !line.is_empty() && !common.iter().any(|c| line.starts_with(c));
        text.lines().filter(own).map(str::to_owned).collect()
    }
}

#[test]
fn an_ontap_is_recognised_and_its_svm_written_down() {
    let served = Served::over("auto", CLUSTER);
    let ran = served.init("--user admin").expect(0);
    assert!(ran.out.contains("kind         ontap"), "{}", ran.shown());
    let kind = "kind = \"ontap\"";
    let svm = "svm = \"svm_gold\"";
    // The only SVM of today: another may be made tomorrow.
    assert_eq!(served.written(), [kind, svm]);
    // An account of an SVM has no other.
    served.init("--user vsadmin").expect(0);
    assert_eq!(served.written(), [kind]);
    let ran = served.init("--user vsadmin --api zapi -o json").expect(0);
    assert_eq!(ran.json()["item"]["kind"], "ontap");
    assert_eq!(ran.json()["item"]["api"], "zapi");
    assert_eq!(served.written(), [kind, "api = \"zapi\""]);
    // What is written works.
    served.init("--user admin").expect(0);
    let luns = served.place.ok("lun list -o name --config new.toml");
    assert_eq!(luns.lines().count(), 10, "{luns}");
}

#[test]
fn of_several_svms_one_is_named() {
    let served = Served::over("auto", CLUSTER);
    served.array.add_svm("svm_silver");
    let asked = served.init("--user admin").expect(2);
    for word in ["svm_gold", "svm_silver", "--svm"] {
        assert!(asked.err.contains(word), "{word}: {}", asked.shown());
    }
    assert!(!served.place.path("new.toml").exists());
    served.init("--user admin --svm svm_silver").expect(0);
    assert_eq!(
        served.written(),
        ["kind = \"ontap\"", "svm = \"svm_silver\""]
    );
    let ran = served.init("--user admin --svm svm_nix");
    assert_ne!(ran.code, 0, "{}", ran.shown());
    assert!(!served.place.path("new.toml").exists());
}

#[test]
fn one_interface_is_enough_to_be_recognised() {
    let served = Served::over("auto", CLUSTER);
    served.array.set_options(|o| o.rest = Rest::NotFound);
    served.init("--user admin").expect(0);
    served.written();
    served.array.set_options(|o| {
        o.rest = Rest::On;
        o.ontapi = Ontapi::Closed;
    });
    served.init("--user admin").expect(0);
    served.written();
    served.array.set_options(|o| o.rest = Rest::Closed);
    let ran = served.init("--user admin").expect(2);
    assert!(ran.err.contains("--kind"), "{}", ran.shown());
    let url = format!("http://127.0.0.1:{}", dead_port());
    let ran = served
        .place
        .run(&format!("{INIT} --url {url} --user admin"));
    let ran = ran.expect(5);
    assert_eq!(ran.err.matches(&url).count(), 2, "{}", ran.shown());
    // What is for an ONTAP is not for the others.
    let line = format!("{INIT} --url {url} --user admin --kind oceanstor --svm x");
    served.place.run(&line).expect(2);
}

#[test]
fn a_stranger_gets_no_credential() {
    let served = Served::over("auto", CLUSTER);
    let certificate = Certificate::self_signed_authority(&crate::tls::own());
    let front = Front::start(&certificate, served.server.addr());
    let line = format!("{INIT} --url {} --user admin", front.url);
    let asked = served.place.run(&line).expect(2);
    let known = certificate.fingerprint();
    assert!(asked.err.contains(&known), "{}", asked.shown());
    let other = format!("{line} --fingerprint sha256:{}", "0".repeat(64));
    served.place.run(&other).expect(7);
    let seen = served.server.requests();
    assert!(!seen.is_empty());
    // Neither a right nor a wrong account was told.
    let told = |s: &&sanctl::sim::seen::Seen| s.status < 400;
    assert_eq!(seen.iter().filter(told).count(), 0, "{seen:#?}");
    served
        .place
        .run(&format!("{line} --fingerprint {known}"))
        .expect(0);
    let lines = served.written();
    assert_eq!(lines[2], format!("fingerprint = \"{known}\""));
}
