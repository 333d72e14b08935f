//! JSON values as YAML, whose plain words are quoted wherever a reader could take them for
//! something else (`no`, `1e3`, `2026-11-20`).
//!
//! The only module that knows the YAML crate.

use serde_json::Value;

/// A document, with a line break at its end.
///
/// # Errors
/// Says what cannot be written.
pub fn document(value: &Value) -> Result<String, String> {
    let options = serde_saphyr::ser_options! {
        // A text stands on one line, so that `grep` finds it whole.
        prefer_block_scalars: false
    };
    let mut text = String::new();
    serde_saphyr::to_fmt_writer_with_options(&mut text, value, options)
        .map_err(|e| e.to_string())?;
    if !text.ends_with('\n') {
        text.push('\n');
    }
    Ok(text)
}

/// One element of a list that stands below a key at the margin.
///
/// # Errors
/// Says what cannot be written.
pub fn element(value: Value) -> Result<String, String> {
    document(&Value::Array(vec![value]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    /// Words that a careless writer leaves bare and a reader takes for something else.
    const TRAPS: &[&str] = &[
        "no",
        "NO",
        "yes",
        "on",
        "y",
        "null",
        "~",
        "010",
        "0x1f",
        "1e3",
        "1_000",
        "12:30:45",
        ".inf",
        "2026-11-20",
        "- x",
        "a: b",
        "a #c",
        "#c",
        "",
        " lead",
        "trail ",
        "tab\t",
        "two\nlines\n",
        "\u{85}\u{2028}\u{7f}",
        "@x",
        "`x`",
        "%x",
        "!t",
        "&a",
        "*a",
        "'q'",
        "\"d\"",
        "---",
        "...",
        "<<",
        "=",
        "[",
        "{}",
        "?",
        "|",
        ">",
    ];

    fn back(text: &str) -> String {
        serde_saphyr::from_str::<String>(text).unwrap_or_else(|e| panic!("{e}: {text}"))
    }

    #[test]
    fn words_stay_words() {
        for word in TRAPS {
            let text = document(&json!(word)).unwrap();
            assert_eq!(back(&text), *word, "{text}");
            let quoted = text.starts_with(['"', '\'']);
            assert!(quoted, "{word:?} is written bare: {text}");
        }
    }

    #[test]
    fn a_document_reads_as_it_should() {
        let value = json!({"schema": "sanctl/lun", "complete": true, "warnings": [],
            "items": [{"id": "7", "size_bytes": 1024, "pool": null, "state": {"words": "a/b"}}]});
        let text = document(&value).unwrap();
        assert_eq!(
            text,
            "schema: sanctl/lun\ncomplete: true\nwarnings: []\nitems:\n- id: \"7\"\n  \
             size_bytes: 1024\n  pool: null\n  state:\n    words: a/b\n"
        );
        assert_eq!(
            element(json!({"a": 1, "b": [1]})).unwrap(),
            "- a: 1\n  b:\n  - 1\n"
        );
    }

    proptest! {
        #[test]
        fn any_text_comes_back(text in any::<String>(), long in "[ -~]{0,200}") {
            for word in [text, long] {
                prop_assert_eq!(back(&document(&json!(word)).unwrap()), word);
            }
        }
    }
}
