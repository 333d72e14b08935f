//! The first configuration: made, checked, shown. No credential goes to a stranger, and nothing is
//! written that does not work.

use std::os::unix::fs::PermissionsExt;

use sanctl::sim::oceanstor::Seed;

use crate::place::{Place, golden};
use crate::served::{Served, section};
use crate::tls::{Certificate, Front};

fn mode(place: &Place, name: &str) -> u32 {
    place.path(name).metadata().unwrap().permissions().mode() & 0o777
}

fn read(place: &Place, name: &str) -> String {
    std::fs::read_to_string(place.path(name)).unwrap()
}

const INIT: &str = "config init --user admin --secret-file password --config new/sanctl.toml";

#[test]
fn a_configuration_that_works_is_written() {
    let served = Served::start();
    let place = &served.place;
    let url = served.server.url();
    let ran = place
        .run(&format!("{INIT} --url {url} --name first"))
        .expect(0);
    assert_eq!(mode(place, "new/sanctl.toml"), 0o600);
    assert!(!read(place, "new/sanctl.toml").contains(Seed::PASSWORD));
    golden!(
        "config-init",
        format!("{}\n{}", ran.shown(), {
            let text = read(place, "new/sanctl.toml");
            text.replace(&place.path("").display().to_string(), "[DIR]/")
        })
    );
    let listed = place.ok("lun list -o name --config new/sanctl.toml");
    assert_eq!(listed, "vol-7\nvol-8\n");
    place.ok("config check --config new/sanctl.toml");
    // A second array is added only with a yes, and the first stays.
    let second = format!("{INIT} --url {url} --name second");
    place.run(&second).expect(2);
    assert!(!read(place, "new/sanctl.toml").contains("second"));
    place.run(&format!("{second} --yes")).expect(0);
    let names = place.ok("array list -o name --config new/sanctl.toml");
    assert_eq!(names, "first\nsecond\n");
    // What is there is never replaced.
    let before = read(place, "new/sanctl.toml");
    place.run(&format!("{second} --yes")).expect(7);
    assert_eq!(read(place, "new/sanctl.toml"), before);
    let leftovers = std::fs::read_dir(place.path("new")).unwrap().count();
    assert_eq!(leftovers, 1, "a half-written file was left");
    assert_eq!(served.array.open_sessions(), 0);
}

#[test]
fn without_a_terminal_what_is_missing_is_named() {
    let place = Place::new();
    let shown = [
        "config init",
        "config init --url https://192.0.2.1 --user admin",
        "config init --url https://192.0.2.1 --user admin -o json",
    ]
    .map(|line| place.run(line).expect(2).shown());
    golden!("config-init-missing", shown.join("\n"));
    let wrong = place.run(&format!("{INIT} --url ftp://x"));
    place.write("password", "x");
    assert_eq!(wrong.code, 2, "{}", wrong.shown());
    place
        .run(&format!("{INIT} --url https://192.0.2.1 --name a.b"))
        .expect(2);
}

#[test]
fn a_stranger_gets_no_credential() {
    let served = Served::start();
    let certificate = Certificate::self_signed_authority(&crate::tls::own());
    let front = Front::start(&certificate, served.server.addr());
    let place = &served.place;
    let logins = || served.count("POST", "/sessions") + served.count("POST", "/xx/sessions");
    let line = format!("{INIT} --url {}", front.url);
    let asked = place.run(&line).expect(2);
    assert!(
        asked.err.contains(&certificate.fingerprint()),
        "{}",
        asked.shown()
    );
    let other = place.run(&format!("{line} --fingerprint sha256:{}", "0".repeat(64)));
    assert_eq!(other.code, 7, "{}", other.shown());
    assert_eq!(logins(), 0, "a credential was sent");
    assert!(!place.path("new").exists());
    // Agreed to, it is pinned, and from then on it is the only one.
    let known = certificate.fingerprint();
    for agreed in [format!("--fingerprint {known}"), "--yes".to_owned()] {
        place.ok(&format!("{line} {agreed} -o json"));
        assert!(read(place, "new/sanctl.toml").contains(&known));
        place.ok("array test --config new/sanctl.toml");
        std::fs::remove_dir_all(place.path("new")).unwrap();
    }
    assert!(logins() > 0);
}

#[test]
fn a_login_that_fails_writes_nothing() {
    let served = Served::start();
    let place = &served.place;
    place.write("password", "Wrong-canary-1");
    let line = format!("{INIT} --url {}", served.server.url());
    let ran = place.run(&line).expect(6);
    assert!(!ran.shown().contains("canary"), "{}", ran.shown());
    assert!(!place.path("new").exists());
    place.write("password", Seed::PASSWORD);
    let ran = place.run(&format!("{line} --dry-run")).expect(0);
    assert!(ran.err.contains("nothing was written"), "{}", ran.shown());
    assert!(!place.path("new").exists());
    place.write_mode("password", Seed::PASSWORD, 0o644);
    place.run(&line).expect(2);
}

#[test]
fn what_is_wrong_is_found_without_asking_anybody() {
    let url = "https://192.0.2.1:8088";
    let config = [
        section("sound", url, ""),
        section("open", url, "").replace("\"password\"", "\"open\""),
        section("gone", url, "").replace("\"password\"", "\"gone\""),
        section("unset", url, "").replace("{ file = \"password\" }", "{ env = \"SANCTL_UNSET\" }"),
        section("program", url, "").replace(
            "{ file = \"password\" }",
            "{ command = [\"no-such-program\", \"x\"] }",
        ),
        section("mistyped", url, "fingerprnt = \"x\""),
        section("ca", url, "ca_file = \"password\""),
        section(
            "chapped",
            url,
            "chap = { user = \"u\", password = { file = \"open\" } }",
        ),
        "[arrays.practice]\nkind = \"sim\"\n".to_owned(),
        "[node]\nname = \"n\"\n".to_owned(),
    ]
    .concat();
    let place = Place::with_config(&config);
    place.write("password", "canary");
    place.write_mode("open", "canary", 0o644);
    let ran = place.run("config check").expect(2);
    assert!(!ran.shown().contains("canary"), "{}", ran.shown());
    golden!("config-check", ran.shown());
    let json = place.run("config check -o json").expect(2);
    assert_eq!(json.error()["kind"], "usage");
    assert_eq!(json.json()["schema"], "sanctl/config-check");
}

#[test]
fn every_value_says_where_it_came_from() {
    let place = Place::with_config(&format!(
        "default_array = \"dorado1\"\n{}",
        section("dorado1", "https://admin:canary@192.0.2.1", "")
    ));
    // No table here: its width is that of a folder's name.
    let shown = [
        "config show -o csv",
        "config show --columns key,origin -o csv --array dorado1",
        "config show --origin -o name",
        "config show -o json",
    ]
    .map(|line| place.run(line).expect(0).shown());
    let text = shown.join("\n");
    assert!(!text.contains("canary"), "{text}");
    golden!("config-show", text);
    assert!(place.ok("config show --origin").contains("ORIGIN"));
    assert!(!place.ok("config show").contains("ORIGIN"));
    let place = Place::new();
    place.ok("config show --origin");
    assert!(std::fs::read_dir(place.state()).unwrap().next().is_none());
}
