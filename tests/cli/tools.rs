//! Stand-ins for the curl and jq of printed lines, so that the tests need neither. They know what
//! is printed and fail at anything else. With `TOOLS=machine` the machine's own are used.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use serde_json::{Value, json};

/// The words of a stand-in's command line, separated by this.
const BETWEEN: char = '\u{1f}';
/// Where a stand-in finds them.
const WORDS: &str = "STAND_IN";

/// Puts the stand-ins into `dir`. They run this test program, which is [`stand_in`] then.
pub(crate) fn put(dir: &Path) {
    if std::env::var("TOOLS").is_ok_and(|tools| tools == "machine") || dir.exists() {
        return;
    }
    std::fs::create_dir_all(dir).unwrap();
    let program = std::env::current_exe().unwrap();
    for name in ["curl", "jq"] {
        let path = dir.join(name);
        let script = format!(
            "#!/bin/sh\n{WORDS}={name}\nfor word; do {WORDS}=\"${WORDS}{BETWEEN}$word\"; done\n\
             export {WORDS}\nout=$('{}' --exact tools::stand_in --nocapture 3>&1 >/dev/null)\n\
             code=$?\n[ -z \"$out\" ] || printf '%s\\n' \"$out\"\nexit $code\n",
            program.display()
        );
        std::fs::write(&path, script).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    }
}

#[test]
fn stand_in() {
    if let Ok(words) = std::env::var(WORDS) {
        let words: Vec<&str> = words.split(BETWEEN).collect();
        let run = if words[0] == "jq" { jq } else { curl };
        let (out, code) = run(&words[1..]);
        // What the test harness prints goes elsewhere.
        let mut stdout = std::fs::File::create("/dev/fd/3").unwrap();
        stdout.write_all(out.as_bytes()).unwrap();
        drop(stdout);
        std::process::exit(code);
    }
    let reply = json!({"data": {"ID": "4"}, "error": {"code": 0}});
    let or_error = r#".data.ID // error("\(.error)")"#;
    assert_eq!(answer(or_error, &[], &reply), Ok(json!("4")));
    let refused = json!({"data": {}, "error": {"code": 50331651}});
    assert_eq!(
        answer(or_error, &[], &refused),
        Err(refused["error"].to_string())
    );
    let or_error = r#".error.code == 0 or error("\(.error)")"#;
    assert_eq!(answer(or_error, &[], &reply), Ok(json!(true)));
    assert!(answer(or_error, &[], &refused).is_err());
}

fn stdin() -> String {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).unwrap();
    text
}

/// jq's output and exit code: 1 for nothing or false under `-e`, 5 for an error.
fn jq(words: &[&str]) -> (String, i32) {
    let (mut flags, mut variables, mut program) = (String::new(), Vec::new(), None);
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match *word {
            "--arg" | "--argjson" => {
                let (name, value) = (words.next().unwrap(), words.next().unwrap());
                let value = match *word {
                    "--arg" => json!(value),
                    _ => serde_json::from_str(value).unwrap(),
                };
                variables.push((*name, value));
            }
            _ => match word.strip_prefix('-') {
                Some(letters) => flags.push_str(letters),
                None => assert!(program.replace(*word).is_none(), "{word}"),
            },
        }
    }
    assert!(flags.chars().all(|flag| "cenrR".contains(flag)), "-{flags}");
    let text = stdin();
    let input = if flags.contains('R') {
        json!(text.lines().next().unwrap())
    } else {
        match serde_json::from_str(&text) {
            Ok(value) => value,
            // As jq: nothing in, nothing out.
            Err(_) if text.trim().is_empty() => return (String::new(), 4),
            Err(error) => panic!("{error}: {text}"),
        }
    };
    match answer(program.unwrap(), &variables, &input) {
        Ok(Value::Null) => ("null\n".into(), i32::from(flags.contains('e'))),
        Ok(Value::String(text)) if flags.contains('r') => (format!("{text}\n"), 0),
        Ok(value) => (format!("{value}\n"), 0),
        Err(error) => {
            eprintln!("jq: error: {error}");
            (String::new(), 5)
        }
    }
}

/// What a program answers; one of those that are printed.
fn answer(program: &str, variables: &[(&str, Value)], input: &Value) -> Result<Value, String> {
    let at = |path: &str| {
        path.split('.')
            .skip(1)
            .fold(input, |value, key| match key.strip_suffix("[0]") {
                Some(key) => &value[key][0],
                None => &value[key],
            })
    };
    let variable = |name: &str| {
        let mut all = variables.iter();
        all.find(|(known, _)| *known == name).unwrap().1.clone()
    };
    let or_error = r#" // error("\(.error)")"#;
    let error = || Err(input["error"].to_string());
    if let Some(path) = program.strip_suffix(or_error) {
        return match at(path) {
            Value::Null => error(),
            value => Ok(value.clone()),
        };
    }
    if let Some(add) = program.strip_suffix(" + {CHAPPASSWORD: input}") {
        let mut body: Value = serde_json::from_str(add).unwrap();
        body["CHAPPASSWORD"] = input.clone();
        return Ok(body);
    }
    if let Some(rest) = program.strip_prefix(".items[] | select(.hostgroup.name == ") {
        let (name, rest) = rest.split_once(") ").unwrap();
        assert_eq!(rest, "| .lun_number");
        let name: Value = serde_json::from_str(name).unwrap();
        let mut items = input["items"].as_array().unwrap().iter();
        let found = items.find(|item| item["hostgroup"]["name"] == name);
        return Ok(found.map_or(Value::Null, |item| item["lun_number"].clone()));
    }
    if let Some(rest) = program.strip_prefix(".items[] | select(.id == ") {
        let (id, rest) = rest.split_once(" and ").unwrap();
        assert_eq!(rest, ".snapshot == false) | .lun_number");
        let id: Value = serde_json::from_str(id).unwrap();
        let mut items = input["items"].as_array().unwrap().iter();
        let found = items.find(|item| item["id"] == id && item["snapshot"] == false);
        return Ok(found.map_or(Value::Null, |item| item["lun_number"].clone()));
    }
    match program {
        r#".error.code == 0 or error("\(.error)")"# => match input["error"]["code"] == 0 {
            true => Ok(json!(true)),
            false => error(),
        },
        "$login + {password: input}" => {
            let mut login = variable("login");
            login["password"] = input.clone();
            Ok(login)
        }
        r#""iBaseToken: " + (.data.iBaseToken // error("\(.error)"))"# => {
            match input["data"]["iBaseToken"].as_str() {
                Some(token) => Ok(json!(format!("iBaseToken: {token}"))),
                None => error(),
            }
        }
        ".data[] | select(.ID == $lun) | .ASSOCIATEMETADATA | (fromjson? // .) | if type == \
         \"array\" then .[0] else . end | .HostLUNID // .hostLUNId" => {
            let lun = variable("lun");
            let mut rows = input["data"].as_array().unwrap().iter();
            let row = rows.find(|row| row["ID"] == lun);
            let told = row.map(|row| row["ASSOCIATEMETADATA"].clone());
            let told = match told {
                Some(Value::String(text)) => serde_json::from_str(&text).unwrap(),
                other => other.unwrap_or_default(),
            };
            let told = if told.is_array() {
                told[0].clone()
            } else {
                told
            };
            let keys = ["HostLUNID", "hostLUNId"].map(|key| told[key].clone());
            Ok(keys.into_iter().find(|v| !v.is_null()).unwrap_or_default())
        }
        _ if program
            .bytes()
            .all(|b| b".[]".contains(&b) || b.is_ascii_alphanumeric()) =>
        {
            Ok(at(program).clone())
        }
        _ => panic!("jq: no printed line has {program}"),
    }
}

/// curl's output and exit code, over plain HTTP.
fn curl(words: &[&str]) -> (String, i32) {
    let (mut method, mut body, mut url) = ("GET", None, None);
    let (mut head_to, mut body_to) = (None, None);
    let mut headers = vec!["Connection: close".to_owned()];
    let (mut globbing, mut failing) = (true, false);
    let mut words = words.iter().copied();
    while let Some(word) = words.next() {
        let mut next = || words.next().unwrap();
        match word {
            "-sS" => {}
            "--fail-with-body" => failing = true,
            "--globoff" => globbing = false,
            "--noproxy" => assert_eq!(next(), "*"),
            "-X" => method = next(),
            "-D" => head_to = Some(next()),
            "-o" => body_to = Some(next()),
            "-H" => match next() {
                header if header.starts_with('@') => {
                    let text = std::fs::read_to_string(&header[1..]).unwrap();
                    headers.extend(text.lines().map(str::to_owned));
                }
                header => headers.push(header.to_owned()),
            },
            "--data-binary" => {
                assert_eq!(next(), "@-");
                body = Some(stdin());
            }
            "-d" => {
                body = Some(match next() {
                    "@-" => stdin().replace(['\r', '\n'], ""),
                    text => text.to_owned(),
                });
            }
            other => {
                assert!(
                    other.starts_with("http://"),
                    "curl: no printed line has {other}"
                );
                url = Some(other);
            }
        }
    }
    if body.is_some() && method == "GET" {
        method = "POST";
    }
    let url = url.unwrap();
    // The real one would send a request for each number of a range.
    assert!(!globbing || !url.contains(['[', '{']), "{url}");
    let (place, path) = url["http://".len()..].split_once('/').unwrap();
    let body = body.unwrap_or_default();
    let mut stream = TcpStream::connect(place).unwrap();
    write!(
        stream,
        "{method} /{path} HTTP/1.1\r\nHost: {place}\r\n{}\r\nContent-Length: {}\r\n\r\n{body}",
        headers.join("\r\n"),
        body.len()
    )
    .unwrap();
    let mut reply = String::new();
    stream.read_to_string(&mut reply).unwrap();
    let (head, body) = reply.split_once("\r\n\r\n").unwrap();
    assert!(!head.to_ascii_lowercase().contains("chunked"), "{head}");
    if let Some(file) = head_to {
        std::fs::write(file, head).unwrap();
    }
    if let Some(file) = body_to {
        std::fs::write(file, body).unwrap();
        return (String::new(), 0);
    }
    let status = head.split(' ').nth(1).unwrap();
    let code = if failing && status >= "400" { 22 } else { 0 };
    (body.to_owned(), code)
}
