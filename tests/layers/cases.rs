//! A check that cannot fail is worth nothing: each rule with code that breaks it, and with code
//! that only looks as if it did.

use super::rules::{Source, broken};

/// The reasons found in one file, with their lines.
fn reasons(path: &str, text: &str) -> Vec<String> {
    let source = Source {
        path: path.to_owned(),
        text: text.to_owned(),
    };
    broken(&[source])
        .iter()
        .map(|b| format!("{} {}", b.line, b.why))
        .collect()
}

#[track_caller]
fn breaks(path: &str, text: &str, wanted: &str) {
    assert_eq!(reasons(path, text), [wanted], "in {path}: {text}");
}

#[track_caller]
fn keeps(path: &str, text: &str) {
    assert_eq!(reasons(path, text), [""; 0], "in {path}: {text}");
}

#[test]
fn imports_only_go_down() {
    for (path, module) in [
        ("src/kit/stop.rs", "model::ids::Iqn"),
        ("src/model/ids.rs", "config::Config"),
        ("src/model/ids.rs", "step::Step"),
        ("src/config.rs", "array::Array"),
        ("src/system/real.rs", "node::Node"),
        ("src/system/real.rs", "step::Step"),
        ("src/step.rs", "system::Machine"),
        ("src/array/http.rs", "node::iscsi"),
        ("src/array/http.rs", "sim::server"),
        ("src/array/mod.rs", "attachment::Walk"),
        ("src/node/iscsi/mod.rs", "array::Error"),
        ("src/node/iscsi/mod.rs", "sim::practice"),
        ("src/sim/lio.rs", "array::Error"),
        ("src/sim/lio.rs", "node::iscsi"),
        ("src/attachment/walk.rs", "cli::attach"),
        ("src/attachment/walk.rs", "app::App"),
        ("src/lib.rs", "kit::stop"),
    ] {
        let top = path.split(['/', '.']).nth(1).unwrap();
        let wanted = format!("1 {top} must not name {module}");
        breaks(path, &format!("use crate::{module};"), &wanted);
    }
    breaks(
        "src/main.rs",
        "use sanctl::node::iscsi;",
        "1 main must not name node::iscsi",
    );
    keeps(
        "src/main.rs",
        "use sanctl::cli; fn main() { sanctl::app::run() }",
    );
    keeps(
        "src/cli/attach.rs",
        "use crate::{app::App, attachment::plan, sim::server};",
    );
    keeps(
        "src/attachment/walk.rs",
        "use crate::{array::Array, node::Node, kit::stop::Stop};",
    );
    keeps(
        "src/config.rs",
        "use crate::model::ids::Iqn; use crate::kit::kind::Kind;",
    );
    keeps(
        "src/array/oceanstor/mod.rs",
        "use super::http; use super::oceanstor::names;",
    );
    keeps(
        "src/kit/stop.rs",
        "use super::kind::Kind; use self::inner::X;",
    );
}

#[test]
fn every_way_to_name_a_module_is_seen() {
    let wanted = "1 node must not name array::Error";
    for text in [
        "use crate::array::Error as E;",
        "pub(crate) use crate::array::Error;",
        "use crate::{kit::{stop, kind::Kind}, array::{Error}};",
        "use super::super::array::Error;",
        "use {super::{super::{array::Error}}};",
        "fn f() -> Result<(), crate::array::Error> {}",
        "fn f(x: super::super::array::Error) {}",
        "impl From<crate::array::Error> for X {}",
        "type A = <X as crate::array::Error>::Item;",
        "macro_rules! m { () => { $crate::array::Error } }",
        "mod inner { use super::super::super::array::Error; }",
        "#[serde(with = \"crate::array::Error\")] struct S;",
        "#[derive(crate::array::Error)] struct S;",
        "fn g() { let c = '\"'; crate::array::Error }",
    ] {
        breaks("src/node/scsi.rs", text, wanted);
    }
    breaks(
        "src/node/scsi.rs",
        "use crate::array::{self as a};",
        "1 node must not name array",
    );
    breaks(
        "src/node/scsi.rs",
        "use crate::{\n    kit,\n    array,\n};",
        "3 node must not name array",
    );
    let root = "1 names the crate's root: say which module is meant";
    for text in [
        "use crate::*;",
        "use crate as ours;",
        "use crate::{self as x};",
        "use super::*;",
    ] {
        breaks("src/step.rs", text, root);
    }
    breaks(
        "src/kit/stop.rs",
        "#[path = \"../model/ids.rs\"] mod ids;",
        "1 #[path] hides where the code belongs",
    );
    breaks(
        "src/kit/stop.rs",
        "include!(\"x.rs\");",
        "1 include! hides where the code belongs",
    );
    keeps(
        "src/kit/stop.rs",
        "const T: &str = include_str!(\"x.txt\");",
    );
}

#[test]
fn texts_and_comments_are_no_code() {
    keeps(
        "src/kit/stop.rs",
        r####"
        //! See [`crate::cli`], crate::array::Error.
        /* crate::array /* nested crate::node */ unsafe println!() */
        const A: &str = "crate::array::Error \" unsafe";
        const B: &str = r#"crate::array::Error "quoted" unsafe"#;
        const C: &[u8] = b"crate::array \\";
        const D: [char; 3] = ['"', '\'', '\u{1f600}'];
        fn f<'a>(x: &'a str) -> impl Sized + use<'a> { x }
        pub(crate) fn g() {}
        pub(in crate::kit) fn h() {}
        fn unsafe_code() { let unsafe_code = 1.0..2.0; }
        "####,
    );
    // What follows a text is code again.
    breaks(
        "src/kit/stop.rs",
        "const A: &str = \"\\\\\"; use crate::cli;",
        "1 kit must not name cli",
    );
    breaks(
        "src/kit/stop.rs",
        "const A: &str = r#\"\"#; use crate::cli;",
        "1 kit must not name cli",
    );
    breaks(
        "src/kit/stop.rs",
        "fn f<'a>(c: &'a u8) {} use crate::cli;",
        "1 kit must not name cli",
    );
}

#[test]
fn crates_of_others_stay_where_they_belong() {
    let tokio = "1 tokio outside sim";
    for text in [
        "use tokio::net::TcpListener;",
        "use tokio as t;",
        "use {std::fmt, tokio::net};",
        "use ::tokio::net;",
        "fn f() { ::tokio::spawn() }",
        "fn f() { tokio::spawn() }",
        "#[tokio::main] async fn main() {}",
        "extern crate tokio;",
    ] {
        breaks("src/array/http.rs", text, tokio);
        keeps("src/sim/server.rs", text);
    }
    breaks(
        "src/array/http.rs",
        "use hyper::body;",
        "1 hyper outside sim",
    );
    breaks(
        "src/node/scsi.rs",
        "use reqwest::Url;",
        "1 reqwest outside array",
    );
    breaks(
        "src/attachment/walk.rs",
        "fn f() { anyhow::bail!(\"x\") }",
        "1 anyhow outside cli, app, main",
    );
    breaks(
        "src/kit/consent.rs",
        "use dialoguer::Confirm;",
        "1 dialoguer outside cli, app, main",
    );
    for path in ["src/cli/attach.rs", "src/app.rs", "src/main.rs"] {
        keeps(path, "use anyhow::Context; use dialoguer::Confirm;");
    }
    keeps("src/array/oceanstor/config.rs", "use reqwest::Url;");
    keeps(
        "src/sim/server.rs",
        "#[cfg(test)] mod tests { use reqwest::blocking::Client; }",
    );
    keeps(
        "src/kit/stop.rs",
        "fn f(tokio: u8) { x.tokio(); my::tokio::f(); <T>::tokio::f() }",
    );
}

#[test]
fn the_seams_hold_the_door() {
    let allows = "1 allows clippy::disallowed_methods outside the seams";
    for text in [
        "#[allow(clippy::disallowed_methods, reason = \"x\")] fn f() {}",
        "#![allow(clippy::disallowed_methods)]",
        "#[expect(unused, clippy::disallowed_methods)] fn f() {}",
        "#[cfg_attr(debug_assertions, allow(clippy::disallowed_methods))] fn f() {}",
    ] {
        for path in [
            "src/kit/span.rs",
            "src/array/oceanstor/mod.rs",
            "src/cli/mod.rs",
            "src/config.rs",
        ] {
            breaks(path, text, allows);
        }
        for path in [
            "src/kit/lock.rs",
            "src/kit/printer.rs",
            "src/system/x.rs",
            "src/sim/a/b.rs",
        ] {
            keeps(path, text);
        }
    }
    breaks(
        "src/cli/mod.rs",
        "#[allow(clippy::all)] fn f() {}",
        "1 allows clippy::all: name the one lint that is meant",
    );
    keeps(
        "src/lib.rs",
        "#![cfg_attr(test, allow(clippy::disallowed_methods))]",
    );
    keeps(
        "src/cli/mod.rs",
        "#[allow(clippy::too_many_arguments)] fn f() {}",
    );
    for name in [
        "print",
        "println",
        "eprint",
        "eprintln",
        "dbg",
        "std::println",
    ] {
        let last = name.rsplit(':').next().unwrap();
        let wanted = format!("1 {last}! outside kit/printer");
        breaks(
            "src/cli/attach.rs",
            &format!("fn f() {{ {name}!(\"x\") }}"),
            &wanted,
        );
        keeps(
            "src/kit/printer.rs",
            &format!("fn f() {{ {name}!(\"x\") }}"),
        );
    }
    keeps("src/cli/attach.rs", "fn f() { if print != (1) {} }");
    for text in [
        "unsafe fn f() {}",
        "fn f() { unsafe { g() } }",
        "#[cfg(test)] mod t { unsafe impl X for Y {} }",
    ] {
        breaks("src/sim/server.rs", text, "1 unsafe");
    }
}

#[test]
fn test_modules_may_reach_files_but_not_other_layers() {
    let inner = "#[allow(clippy::disallowed_methods)] fn f() { println!(\"x\") }";
    keeps(
        "src/config.rs",
        &format!("#[cfg(test)] mod tests {{ {inner} }}"),
    );
    keeps(
        "src/config.rs",
        &format!("#[cfg(test)] #[rustfmt::skip] pub(crate) mod t {{ {inner} }}"),
    );
    keeps("src/config.rs", "#[cfg(test)]\nmod tests { use super::*; }");
    keeps(
        "src/config.rs",
        "#[cfg(test)] #[allow(clippy::disallowed_methods)] mod fixture;",
    );
    // The module ends where its brace does, and only a module is excepted.
    let allows = "1 allows clippy::disallowed_methods outside the seams";
    let prints = "1 println! outside kit/printer";
    for text in [
        format!("#[cfg(test)] mod tests {{ fn g() {{ }} }} {inner}"),
        format!("#[cfg(test)] fn g() {{ }} mod not_tests {{ {inner} }}"),
        format!("#[cfg(not(test))] mod m {{ {inner} }}"),
    ] {
        assert_eq!(reasons("src/config.rs", &text), [allows, prints], "{text}");
    }
    breaks(
        "src/config.rs",
        "#[cfg(test)] mod tests { use crate::array::Error; }",
        "1 config must not name array::Error",
    );
    // Test modules in files of their own, named by their parent.
    let file = |path: &str, text: &str| Source {
        path: path.to_owned(),
        text: text.to_owned(),
    };
    let parent = file("src/cli/mod.rs", "#[cfg(test)] mod tests; mod attach;");
    let found = broken(&[
        parent,
        file("src/cli/tests/mod.rs", "mod deep;"),
        file("src/cli/tests/deep.rs", inner),
        file("src/cli/attach.rs", "fn f() { println!() }"),
    ]);
    let found: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert_eq!(found, ["src/cli/attach.rs:1: println! outside kit/printer"]);
}

#[test]
fn files_have_names_and_an_end() {
    breaks("src/nodes/scsi.rs", "", "1 nodes is in no layer");
    for path in [
        "src/kit/util.rs",
        "src/node/helpers/scsi.rs",
        "tests/common/mod.rs",
        "src/model/types.rs",
        "src/cli/misc.rs",
    ] {
        assert!(
            reasons(path, "")
                .iter()
                .any(|r| r.ends_with("says nothing")),
            "{path}"
        );
    }
    keeps("src/kit/stop.rs", &"\n".repeat(600));
    breaks(
        "src/kit/stop.rs",
        &"\n".repeat(601),
        "601 601 lines, 600 are the ceiling",
    );
    breaks(
        "tests/x.rs",
        &"\n".repeat(601),
        "601 601 lines, 600 are the ceiling",
    );
    breaks(
        "src/main.rs",
        &"\n".repeat(61),
        "61 61 lines, 60 are the ceiling",
    );
}
