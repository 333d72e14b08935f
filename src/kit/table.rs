//! Tables: which fields of a JSON object stand in which column, and how they read.

use comfy_table::{Cell, Color, ContentArrangement, Table, presets};
use serde_json::Value;

/// How a value reads in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Show {
    /// As it is; lists joined with a comma, null as `-`.
    Plain,
    /// A number of bytes in binary units.
    Bytes,
    /// `yes`, `no` or `-`.
    YesNo,
}

/// One column.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// The heading.
    pub title: &'static str,
    /// Where the value stands: a key, or keys joined by dots.
    pub key: &'static str,
    /// How it reads.
    pub show: Show,
    /// Whether it is shown only with `-o wide`.
    pub wide: bool,
}

impl Column {
    /// A column that is always shown.
    pub const fn new(title: &'static str, key: &'static str) -> Self {
        Self {
            title,
            key,
            show: Show::Plain,
            wide: false,
        }
    }

    /// The same column, for `-o wide` alone.
    pub const fn wide(mut self) -> Self {
        self.wide = true;
        self
    }

    /// The same column, read as bytes.
    pub const fn bytes(mut self) -> Self {
        self.show = Show::Bytes;
        self
    }

    /// The same column, read as yes or no.
    pub const fn yes_no(mut self) -> Self {
        self.show = Show::YesNo;
        self
    }

    /// The text of this column for an object.
    pub fn text(&self, item: &Value) -> String {
        let value = field(item, self.key);
        match (self.show, value) {
            (_, None | Some(Value::Null)) => "-".into(),
            (Show::Bytes, Some(Value::Number(n))) => n.as_u64().map_or_else(|| n.to_string(), size),
            (Show::YesNo, Some(Value::Bool(flag))) => if *flag { "yes" } else { "no" }.into(),
            (_, Some(value)) => plain(value),
        }
    }
}

/// The value at a dotted key.
pub fn field<'a>(item: &'a Value, key: &str) -> Option<&'a Value> {
    key.split('.').try_fold(item, |value, part| value.get(part))
}

/// A JSON value as people read it.
pub fn plain(value: &Value) -> String {
    match value {
        Value::Null => "-".into(),
        Value::String(text) if text.is_empty() => "-".into(),
        Value::String(text) => text.clone(),
        Value::Array(items) if items.is_empty() => "-".into(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        Value::Object(map) => match map.get("name").or_else(|| map.get("id")) {
            Some(name) => plain(name),
            None => value.to_string(),
        },
        other => other.to_string(),
    }
}

/// A size in binary units, exact where it can be: `1 GiB`, `1.50 TiB`, `512 B`.
pub fn size(bytes: u64) -> String {
    const UNITS: [&str; 6] = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
    let mut unit = 0;
    let mut whole = bytes;
    let mut divisor: u64 = 1;
    while whole >= 1024 && unit + 1 < UNITS.len() {
        whole /= 1024;
        divisor *= 1024;
        unit += 1;
    }
    let name = UNITS.get(unit).copied().unwrap_or("B");
    if bytes.is_multiple_of(divisor) {
        return format!("{whole} {name}");
    }
    // Hundredths by integers: a float would round 1023.999 up to a unit that is not used.
    let hundredths = u128::from(bytes % divisor) * 100 / u128::from(divisor);
    format!("{whole}.{hundredths:02} {name}")
}

/// What a coloured word means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// As it should be.
    Good,
    /// Worth a look.
    Warning,
    /// Wrong.
    Bad,
}

/// Says how a word reads.
pub type Tones = fn(&str) -> Option<Tone>;

/// Rows under headings. Without a terminal width nothing is wrapped or padded at the end; with
/// `tones` the words of column `toned` are coloured.
pub fn render(
    headings: &[&str],
    rows: &[Vec<String>],
    width: Option<u16>,
    tones: Option<(usize, Tones)>,
) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    match width {
        Some(width) => {
            table.set_content_arrangement(ContentArrangement::Dynamic);
            table.set_width(width);
        }
        None => {
            table.set_content_arrangement(ContentArrangement::Disabled);
        }
    }
    if !headings.is_empty() {
        table.set_header(headings.iter().copied());
    }
    for row in rows {
        table.add_row(row.iter().enumerate().map(|(index, text)| {
            let cell = Cell::new(text);
            let tone = tones
                .filter(|(toned, _)| *toned == index)
                .and_then(|(_, tones)| tones(text));
            match tone {
                Some(Tone::Good) => cell.fg(Color::Green),
                Some(Tone::Warning) => cell.fg(Color::Yellow),
                Some(Tone::Bad) => cell.fg(Color::Red),
                None => cell,
            }
        }));
    }
    if tones.is_some() {
        table.enforce_styling();
    }
    let columns = table.column_count();
    for index in 0..columns {
        if let Some(column) = table.column_mut(index) {
            column.set_padding((0, if index + 1 == columns { 0 } else { 2 }));
        }
    }
    let mut text = table.trim_fmt();
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn sizes_read_exactly() {
        for (bytes, want) in [
            (0, "0 B"),
            (512, "512 B"),
            (1 << 30, "1 GiB"),
            ((1 << 40) + (1 << 39), "1.50 TiB"),
            ((1 << 30) - 1, "1023.99 MiB"),
            (u64::MAX, "16383.99 PiB"),
        ] {
            assert_eq!(size(bytes), want);
        }
    }

    #[test]
    fn columns_reach_into_objects_and_name_what_is_missing() {
        let item = json!({"name": "a", "state": {"words": "normal"}, "mapped": true, "pool": null});
        assert_eq!(Column::new("S", "state.words").text(&item), "normal");
        assert_eq!(Column::new("M", "mapped").yes_no().text(&item), "yes");
        assert_eq!(Column::new("P", "pool").text(&item), "-");
        assert_eq!(Column::new("X", "no.such").text(&item), "-");
    }

    #[test]
    fn a_table_has_no_trailing_blanks() {
        let rows = vec![
            vec!["a".to_owned(), "b".to_owned()],
            vec!["ccc".to_owned(), "d".to_owned()],
        ];
        let text = render(&["X", "Y"], &rows, None, None);
        assert_eq!(text, "X    Y\na    b\nccc  d\n");
    }

    #[test]
    fn only_the_words_of_the_toned_column_are_coloured() {
        let rows = vec![vec!["bad".to_owned(), "bad".to_owned()]];
        let tones: Tones = |word| (word == "bad").then_some(Tone::Bad);
        let text = render(&[], &rows, None, Some((1, tones)));
        assert!(text.starts_with("bad  \u{1b}["), "{text:?}");
    }
}
