//! Configuration: what is wrong in which file at which key, and what to write instead. Exit 2.

use sanctl::sim::oceanstor::Seed;

use crate::place::{Place, Ran, golden};
use crate::served::{Served, dead_port, section};

const URL: &str = "https://192.0.2.1:8088";

/// Runs `line` with this configuration, which must be refused before anything is sent.
fn wrong(config: &str, line: &str) -> String {
    let place = Place::with_config(config);
    place.write("password", Seed::PASSWORD);
    let json = place.run(&format!("{line} -o json")).expect(2);
    assert_eq!(json.error()["kind"], "usage", "{}", json.shown());
    place.run(line).expect(2).shown()
}

fn with_line(line: &str) -> String {
    wrong(&section("dorado1", URL, line), "lun list")
}

fn with_url(url: &str) -> String {
    wrong(&section("dorado1", url, ""), "lun list")
}

#[test]
fn wrong_keys_and_values() {
    let mut shown = vec![
        wrong("defualt_array = 'a'", "lun list"),
        wrong(
            "default_array = 'dorado2'\n[arrays.dorado1]\nkind = 'sim'",
            "lun list",
        ),
        wrong("[arrays.a\n", "lun list"),
        wrong("[node]\npaths = { want = 1, min = 2 }", "lun list"),
        wrong("[node]\nmultipath = 'yes'", "lun list"),
        wrong("[arrays.a]\nurl = 'https://a'", "lun list"),
        wrong("[arrays.a]\nkind = 'oceanstore'", "lun list"),
        wrong("[arrays.a]\nkind = 'oceanstor'", "lun list"),
        wrong("[arrays.a]\nkind = 'sim'\nurl = 'https://a'", "lun list"),
        wrong(
            "[arrays.a]\nkind = 'sim'\nurl = 'https://a'",
            "config check",
        ),
        wrong(
            &format!("[arrays.a]\nkind = 'oceanstor'\nurl = '{URL}'\nuser = 'u'"),
            "lun list",
        ),
        wrong(
            &format!("[arrays.a]\nkind = 'oceanstor'\nurl = '{URL}'\nuser = 'u'\npassword = 'p'"),
            "lun list",
        ),
        wrong("", "lun list"),
    ];
    shown.extend(
        [
            "fingerprnt = 'sha256:00'",
            "fingerprint = 'sha256:00'",
            "verify = 'maybe'",
            "ca_file = 'missing.pem'",
            "scope = 'forest'",
            "target_ips = ['172.24.3.x']",
            "target_ips = ['172.24.3.1']\nport_group = 'p'",
            "chap = { user = 'u' }",
            "chap = { user = 'u', password = { fil = 'x' } }",
        ]
        .map(with_line),
    );
    golden!("config-keys", shown.join("\n"));
}

#[test]
fn wrong_urls() {
    let urls = [
        "",
        "ftp://172.24.2.32",
        "https://",
        "https://user:secret@172.24.2.32:8088",
        "https://172.24.2.32:8088/?a=b",
        "https://172.24.2.32:99999",
        "http s://x",
    ];
    golden!("config-urls", urls.map(with_url).join("\n"));
}

/// Without a scheme https is meant, without a path the interface's own.
#[test]
fn short_urls() {
    let host = format!("127.0.0.1:{}", dead_port());
    let place = Place::with_config(&section("dorado1", &host, ""));
    place.write("password", Seed::PASSWORD);
    let ran = place.run("lun list").expect(5);
    let url = format!("https://{host}/deviceManager/rest/");
    assert!(ran.err.contains(&url), "{}", ran.shown());
}

#[test]
fn which_array() {
    let one = section("dorado1", URL, "");
    let both = format!("{one}\n{}", section("dorado2", URL, ""));
    let shown = [
        wrong(&one, "lun list --array dorado2"),
        wrong(&one, "lun list --array gold"),
        wrong(&both, "lun list"),
        wrong(&one, "array show dorodo1"),
        Place::with_config(&both)
            .run("array list")
            .expect(0)
            .shown(),
        Place::with_config(&format!("default_array = 'dorado2'\n{both}"))
            .run("array list -o wide")
            .expect(0)
            .shown(),
        Place::new()
            .run("lun list --array dorado1")
            .expect(2)
            .shown(),
        Place::new()
            .run("lun list --array sim -o name")
            .expect(0)
            .shown(),
        Place::new()
            .run("lun list --config missing.toml")
            .expect(2)
            .shown(),
    ];
    golden!("config-which", shown.join("\n"));
}

#[test]
fn passwords() {
    let password =
        |table: &str| section("dorado1", URL, "").replace(r#"{ file = "password" }"#, table);
    let run = |table: &str| -> Ran {
        let place = Place::with_config(&password(table));
        place.write_mode("open", "canary", 0o644);
        place.write("empty", "\n");
        let ran = place.run("lun list");
        assert!(!ran.shown().contains("canary"), "{}", ran.shown());
        ran.expect(2)
    };
    let shown = [
        r#"{ file = "missing" }"#,
        r#"{ file = "open" }"#,
        r#"{ file = "empty" }"#,
        r#"{ env = "SANCTL_TEST_UNSET" }"#,
        r#"{ command = ["false"] }"#,
        r#"{ command = ["no-such-command"] }"#,
        "{ prompt = true }",
        r#"{ env = "A", file = "b" }"#,
    ]
    .map(|table| run(table).shown());
    golden!("config-passwords", shown.join("\n"));
}

#[test]
fn passwords_from_a_command_and_from_the_environment() {
    let served = Served::start();
    for source in [
        r#"{ command = ["echo", "Admin@storage1"] }"#,
        r#"{ env = "STORAGE_PASSWORD" }"#,
    ] {
        let text = section("dorado1", &served.server.url(), "");
        let text = text.replace(r#"{ file = "password" }"#, source);
        let place = Place::with_config(&text).env("STORAGE_PASSWORD", Seed::PASSWORD);
        assert_eq!(place.ok("lun list -o name"), "vol-7\nvol-8\n", "{source}");
    }
}

#[test]
fn a_file_that_is_named_is_used_alone() {
    let served = Served::start();
    let place = &served.place;
    place.write("other.toml", "[arrays.practice]\nkind = 'sim'\n");
    let ran = place.run("lun list -o name --config other.toml").expect(0);
    assert!(ran.out.starts_with("vol-1\n"), "{}", ran.shown());
    let place = Place::new().env("SANCTL_CONFIG", "other.toml");
    place.write("other.toml", "[arrays.practice]\nkind = 'sim'\n");
    assert!(place.ok("array list").contains("practice"));
}

#[test]
fn the_environment_names_the_array_and_an_argument_wins() {
    let both = format!("{}\n[arrays.p]\nkind = 'sim'", section("dorado1", URL, ""));
    let place = Place::with_config(&both).env("SANCTL_ARRAY", "p");
    assert!(place.ok("lun list -o name").starts_with("vol-1\n"));
    let ran = place.run("lun list --array dorado3").expect(2);
    assert!(ran.err.contains("did you mean dorado1"), "{}", ran.shown());
}

/// The practice machine goes with the practice array, also when it is configured.
#[test]
fn a_configured_practice_array() {
    let place = Place::with_config("[arrays.p]\nkind = 'sim'\n");
    let ran = place.run("attach vol-1").expect(0);
    assert!(ran.err.contains("PRACTICE"), "{}", ran.shown());
    place.ok("detach vol-1");
}

/// Root must not fall back to practice while the person who called sudo has a configuration.
#[test]
fn under_sudo_the_callers_configuration_is_named() {
    let passwd = std::fs::read_to_string("/etc/passwd").unwrap();
    let line = passwd
        .lines()
        .find(|line| !line.starts_with("root:"))
        .unwrap();
    let user = line.split(':').next().unwrap().to_owned();
    // That user has no configuration, so practice is right.
    let place = Place::new().env("SUDO_USER", user);
    assert!(place.ok("lun list -o name").starts_with("vol-1\n"));
}

#[test]
fn the_example_has_every_key_and_parses() {
    let example = include_str!("../../config.example.toml");
    let place = Place::new();
    // As it is: comments keep what is optional out.
    place.write("as-is.toml", example);
    place.ok("array list --config as-is.toml");
    // With every optional key: lines that begin with "#key" count.
    let full: String = example
        .lines()
        .map(|line| match line.strip_prefix('#') {
            Some(rest) if rest.starts_with(|c: char| c.is_ascii_lowercase() || c == '[') => {
                format!("{rest}\n")
            }
            _ => format!("{line}\n"),
        })
        .collect();
    let table: toml::Table = full.parse().unwrap();
    let arrays = table["arrays"].as_table().unwrap();
    let oceanstor = arrays["dorado1"].as_table().unwrap();
    for key in [
        "kind",
        "url",
        "user",
        "password",
        "scope",
        "vstore",
        "fingerprint",
        "target_ips",
        "chap",
        "timeouts",
    ] {
        assert!(oceanstor.contains_key(key), "{key}");
    }
    let ontap = arrays["gold"].as_table().unwrap();
    for key in [
        "kind",
        "url",
        "user",
        "password",
        "svm",
        "api",
        "igroup_prefix",
    ] {
        assert!(ontap.contains_key(key), "{key}");
    }
    place.write("full.toml", &full);
    for name in arrays.keys() {
        // Only the secret is missing: all keys are known and right.
        let ran = place.run(&format!(
            "lun list --config full.toml --array {name} --timeout 1s"
        ));
        let fine = ran.code == 0 || ran.err.contains("password");
        assert!(fine, "{}", ran.shown());
    }
}
