//! Tables: which fields of a JSON object stand in which column, and how they read.

use comfy_table::{Cell, Color, ContentArrangement, Table, presets};
use serde_json::Value;
use unicode_width::UnicodeWidthStr;

/// How a value reads in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Show {
    /// As it is; lists joined with a comma, null as `-`.
    Plain,
    /// A number of bytes in binary units.
    Bytes,
    /// `yes`, `no` or `-`.
    YesNo,
    /// A long list by its ends and its length, numbers as spans.
    Few,
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
    /// Another key, for objects that lack the first.
    pub or: Option<&'static str>,
    /// Left out of a table that is too wide for its terminal, the lowest first; 0 = never.
    pub spare: u8,
}

impl Column {
    /// A column that is always shown.
    pub const fn new(title: &'static str, key: &'static str) -> Self {
        Self {
            title,
            key,
            show: Show::Plain,
            wide: false,
            or: None,
            spare: 0,
        }
    }

    /// The same column, left out where a terminal has no room for it or nothing stands in it.
    pub const fn spare(mut self, rank: u8) -> Self {
        self.spare = rank;
        self
    }

    /// The same column, with another key for objects that lack the first.
    pub const fn or(mut self, key: &'static str) -> Self {
        self.or = Some(key);
        self
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

    /// The same column, a long list of it shortened.
    pub const fn few(mut self) -> Self {
        self.show = Show::Few;
        self
    }

    /// The value of this column for an object; `None` where it is null.
    pub fn value<'a>(&self, item: &'a Value) -> Option<&'a Value> {
        let there = |key| field(item, key).filter(|value| !value.is_null());
        there(self.key).or_else(|| there(self.or?))
    }

    /// The text of this column for an object.
    pub fn text(&self, item: &Value) -> String {
        match (self.show, self.value(item)) {
            (_, None | Some(Value::Null)) => "-".into(),
            (Show::Bytes, Some(Value::Number(n))) => n.as_u64().map_or_else(|| n.to_string(), size),
            (Show::YesNo, Some(Value::Bool(flag))) => if *flag { "yes" } else { "no" }.into(),
            (Show::Few, Some(Value::Array(list))) if list.len() > MANY => few(list),
            (_, Some(value)) => plain(value),
        }
    }
}

/// As many values of a list are shown one by one.
const MANY: usize = 8;

/// A long list in few words: `1-250`, or `sda, sdb .. sdz (26)`.
fn few(list: &[Value]) -> String {
    let numbers: Option<Vec<u64>> = list.iter().map(Value::as_u64).collect();
    let Some(numbers) = numbers else {
        let ends = match list {
            [first, second, .., last] => {
                format!("{}, {} .. {}", plain(first), plain(second), plain(last))
            }
            _ => String::new(),
        };
        return format!("{ends} ({})", list.len());
    };
    let mut spans: Vec<(u64, u64)> = Vec::new();
    for number in numbers {
        match spans.last_mut() {
            Some((_, end)) if end.checked_add(1) == Some(number) => *end = number,
            _ => spans.push((number, number)),
        }
    }
    let words = spans.iter().map(|(first, last)| match first == last {
        true => first.to_string(),
        false => format!("{first}-{last}"),
    });
    words.collect::<Vec<_>>().join(", ")
}

/// The columns of a table that a terminal has room for: of those that can be spared, none that is
/// empty, and the others as long as there is room.
pub fn fitting(columns: &[Column], items: &[Value], width: u16) -> Vec<Column> {
    let empty = |c: &Column| c.spare > 0 && items.iter().all(|item| c.value(item).is_none());
    let mut kept: Vec<Column> = columns.iter().filter(|c| !empty(c)).copied().collect();
    while room_for(&kept, items) > usize::from(width) {
        let least = kept.iter().map(|c| c.spare).filter(|rank| *rank > 0).min();
        let Some(at) = kept.iter().position(|c| Some(c.spare) == least) else {
            break;
        };
        kept.remove(at);
    }
    kept
}

/// How wide a table is at the least: its last column can be broken between words.
fn room_for(columns: &[Column], items: &[Value]) -> usize {
    let whole = |text: &str| text.width();
    let broken = |text: &str| {
        let longest = text.split(' ').map(UnicodeWidthStr::width).max();
        longest.unwrap_or(0).max(NARROWEST).min(text.width())
    };
    let last = columns.len().saturating_sub(1);
    let widths = columns.iter().enumerate().map(|(index, column)| {
        let width: &dyn Fn(&str) -> usize = if index == last { &broken } else { &whole };
        let texts = items.iter().map(|item| width(&column.text(item)));
        texts.max().unwrap_or(0).max(column.title.width())
    });
    widths.sum::<usize>() + last * usize::from(GAP)
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

/// A last column narrower than this is not worth wrapping to.
const NARROWEST: usize = 20;

/// Rows under headings, without blanks at the ends of lines. With a terminal's `width` the last
/// column is wrapped between words; nothing is ever broken within a word, so that a name or an
/// identity can be copied. With `tones` the words of column `toned` are coloured.
pub fn render(
    headings: &[&str],
    rows: &[Vec<String>],
    width: Option<u16>,
    tones: Option<(usize, Tones)>,
) -> String {
    let heading: Vec<String> = headings.iter().map(|h| (*h).to_owned()).collect();
    let heading = (!heading.is_empty()).then_some(&heading);
    let mut widths: Vec<usize> = Vec::new();
    for row in heading.into_iter().chain(rows) {
        for (index, text) in row.iter().enumerate() {
            match widths.get_mut(index) {
                Some(widest) => *widest = (*widest).max(text.width()),
                None => widths.push(text.width()),
            }
        }
    }
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    // Our own breaking between words comes first; the table itself would break within them.
    table.set_content_arrangement(ContentArrangement::Disabled);
    if tones.is_some() {
        table.enforce_styling();
    }
    if let Some(heading) = heading {
        table.set_header(cells(heading, &widths, width, None));
    }
    for row in rows {
        table.add_row(cells(row, &widths, width, tones));
    }
    for index in 0..widths.len() {
        let gap = if index + 1 == widths.len() { 0 } else { GAP };
        if let Some(column) = table.column_mut(index) {
            column.set_padding((0, gap));
        }
    }
    if table.is_empty() && heading.is_none() {
        return String::new();
    }
    let mut out = table.trim_fmt();
    out.push('\n');
    out
}

/// The blanks between columns, as the table counts them.
const GAP: u16 = 2;

/// One row.
fn cells(
    row: &[String],
    widths: &[usize],
    width: Option<u16>,
    tones: Option<(usize, Tones)>,
) -> Vec<Cell> {
    let last = row.len().saturating_sub(1);
    let indent: usize = widths.iter().take(last).map(|w| w + usize::from(GAP)).sum();
    let cell = |(index, text): (usize, &String)| {
        let mut shown = printable(text);
        if index == last {
            // The table sets the lines of a cell below one another by itself.
            shown = wrapped(&shown, width.map(|w| w.saturating_sub(room_of(indent))), 0);
        }
        let tone = tones
            .filter(|(toned, _)| *toned == index)
            .and_then(|(_, tones)| tones(text));
        match tone {
            Some(tone) => Cell::new(shown).fg(color(tone)),
            None => Cell::new(shown),
        }
    };
    row.iter().enumerate().map(cell).collect()
}

fn room_of(indent: usize) -> u16 {
    u16::try_from(indent).unwrap_or(u16::MAX)
}

/// A text whose lines fit a terminal, broken between words; all but the first are indented.
pub fn wrapped(text: &str, width: Option<u16>, indent: usize) -> String {
    let room = width.map_or(usize::MAX, |width| {
        usize::from(width).saturating_sub(indent)
    });
    if room < NARROWEST || text.width() <= room {
        return text.to_owned();
    }
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.width() + 1 + word.width() <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines.join(&format!("\n{}", " ".repeat(indent)))
}

/// What an array says must not steer the terminal.
fn printable(text: &str) -> String {
    text.replace(char::is_control, "\u{fffd}")
}

fn color(tone: Tone) -> Color {
    match tone {
        Tone::Good => Color::DarkGreen,
        Tone::Warning => Color::DarkYellow,
        Tone::Bad => Color::DarkRed,
    }
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
    fn long_lists_are_told_by_their_ends() {
        let few = |values: Value| Column::new("L", "l").few().text(&json!({ "l": values }));
        assert_eq!(few(json!([1, 2, 3])), "1, 2, 3");
        assert_eq!(few(json!([1, 2, 3, 4, 5, 6, 7, 9, 256])), "1-7, 9, 256");
        assert_eq!(
            few(json!([9, 8, 7, 6, 5, 4, 3, 2, 1])),
            "9, 8, 7, 6, 5, 4, 3, 2, 1"
        );
        let disks: Vec<String> = ('a'..='i').map(|c| format!("sd{c}")).collect();
        assert_eq!(few(json!(disks)), "sda, sdb .. sdi (9)");
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

    #[test]
    fn what_can_be_spared_goes_where_there_is_no_room() {
        let columns = [
            Column::new("ID", "id").spare(1),
            Column::new("NAME", "name"),
            Column::new("WWID", "wwid").spare(2),
            Column::new("STATE", "state"),
        ];
        let items = [
            json!({"id": "0123456789", "name": "vol", "wwid": "6a4c64f1001db633",
            "state": "online, read-only, and more than that"}),
        ];
        let titles = |width| -> Vec<&str> {
            let kept = fitting(&columns, &items, width);
            kept.iter().map(|c| c.title).collect()
        };
        assert_eq!(titles(80), ["ID", "NAME", "WWID", "STATE"]);
        // The last column is broken between words before anything goes.
        assert_eq!(titles(56), ["ID", "NAME", "WWID", "STATE"]);
        assert_eq!(titles(54), ["NAME", "WWID", "STATE"]);
        assert_eq!(titles(30), ["NAME", "STATE"]);
        assert_eq!(titles(5), ["NAME", "STATE"], "what is needed stays");
        let items = [json!({"id": "1", "name": "vol", "wwid": null, "state": "online"})];
        let kept = fitting(&columns, &items, 80);
        assert_eq!(kept.len(), 3, "nobody knows a wwid");
    }

    #[test]
    fn words_are_never_broken_and_the_last_column_hangs() {
        let rows = vec![vec![
            "a".to_owned(),
            "one two three four five six".to_owned(),
        ]];
        let text = render(&["X", "Y"], &rows, Some(23), None);
        assert_eq!(text, "X  Y\na  one two three four\n   five six\n");
        let long = "x".repeat(40);
        let rows = vec![vec!["a".to_owned(), format!("see {long}")]];
        let text = render(&[], &rows, Some(30), None);
        assert_eq!(text, format!("a  see\n   {long}\n"));
    }

    #[test]
    fn wide_letters_count_and_control_characters_do_not_reach_the_terminal() {
        let rows = vec![
            vec!["数据".to_owned(), "a".to_owned()],
            vec!["x\u{1b}[2J".to_owned(), "b".to_owned()],
        ];
        let text = render(&[], &rows, None, None);
        assert!(text.starts_with("数据"), "{text}");
        assert!(!text.contains('\u{1b}'), "{text}");
        let columns: Vec<usize> = text
            .lines()
            .map(|l| l.trim_end_matches(['a', 'b']).width())
            .collect();
        assert_eq!(columns.first(), columns.last());
    }
}
