//! stdout: the result and nothing else, in the format that was asked for.

use std::io::{self, BufWriter, IsTerminal, Stdout, Write};
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::table::{Column, Tones, field, fitting, plain, render};
use super::{csv, yaml};

/// The version of every JSON document. Raised only when a key changes its meaning.
pub const SCHEMA_VERSION: u32 = 1;

/// A format of results.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people: the most useful columns.
    Table,
    /// For people with a wide terminal: all columns.
    Wide,
    /// One JSON document.
    Json,
    /// One JSON object per line, as they come.
    Jsonl,
    /// The JSON document, written as YAML.
    Yaml,
    /// Comma-separated values: the columns of wide, values as in JSON.
    Csv,
    /// Names alone, one per line.
    Name,
}

/// How results are printed.
#[derive(Debug, Clone)]
pub struct Style {
    /// The format.
    pub format: Format,
    /// Only these columns (by title or key), in this order.
    pub columns: Option<Vec<String>>,
    /// Sorted by this column (by title or key).
    pub sort: Option<String>,
    /// No more than this many objects.
    pub limit: Option<usize>,
    /// Whether tables have headings.
    pub headings: bool,
    /// Whether trees are drawn with plain characters.
    pub ascii: bool,
    /// Colours the words of columns headed STATE; `None` without colours.
    pub tones: Option<Tones>,
}

/// The one place that writes to stdout.
#[derive(Debug)]
pub struct Printer {
    style: Style,
    out: Mutex<BufWriter<Stdout>>,
    width: Option<u16>,
    /// Whether documents are to say that nothing in them is real.
    pub practice: bool,
}

/// What a listing prints of each object.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    /// `sanctl/host`.
    pub schema: &'static str,
    /// The columns of tables.
    pub columns: &'static [Column],
    /// The key whose value `-o name` prints.
    pub name: &'static str,
    /// What to say where there are none.
    pub none: &'static str,
}

impl Shape {
    fn column(&self, name: &str) -> Result<Column, ListingError> {
        let named =
            |c: &&Column| c.title.eq_ignore_ascii_case(name) || c.key.eq_ignore_ascii_case(name);
        let found = self.columns.iter().find(named).copied();
        found.ok_or_else(|| ListingError::NoColumn {
            name: name.to_owned(),
            known: self
                .columns
                .iter()
                .map(|c| c.title.to_lowercase())
                .collect(),
        })
    }

    fn name_of(&self, item: &Value) -> String {
        field(item, self.name).map(plain).unwrap_or_default()
    }
}

/// What a command has to tell.
#[derive(Debug)]
pub enum Content {
    /// A single object: `"item"`.
    One(Value),
    /// Objects: `"items"`.
    Many(Vec<Value>),
}

impl Printer {
    /// A printer to this process's stdout.
    pub fn new(style: Style) -> Self {
        let terminal = io::stdout().is_terminal();
        let width = terminal
            .then(|| rustix::termios::tcgetwinsize(io::stdout()).ok())
            .flatten()
            .map(|size| size.ws_col)
            .filter(|width| *width > 0);
        Self {
            style,
            out: Mutex::new(BufWriter::new(io::stdout())),
            width,
            practice: false,
        }
    }

    /// The format.
    pub fn format(&self) -> Format {
        self.style.format
    }

    /// Whether the result is one JSON document or JSON lines.
    pub fn is_json(&self) -> bool {
        matches!(self.style.format, Format::Json | Format::Jsonl)
    }

    /// Whether the result is a table or a text for people.
    pub fn is_for_people(&self) -> bool {
        matches!(self.style.format, Format::Table | Format::Wide)
    }

    /// Whether the result is for machines, so that nothing but objects may stand on stdout.
    pub fn is_data(&self) -> bool {
        !self.is_for_people()
    }

    /// Whether trees are drawn with plain characters.
    pub fn is_ascii(&self) -> bool {
        self.style.ascii
    }

    /// How many objects are wanted at most.
    pub fn limit(&self) -> Option<usize> {
        self.style.limit
    }

    /// Begins a listing. Wrong column names show here, before anything is asked of anybody.
    ///
    /// # Errors
    /// When a column that was asked for does not exist.
    pub fn listing(&self, shape: Shape) -> Result<Listing<'_>, ListingError> {
        let sort = self.style.sort.as_deref();
        Ok(Listing {
            printer: self,
            shape,
            columns: self.columns_of(
                &shape,
                matches!(self.style.format, Format::Wide | Format::Csv),
            )?,
            sort: sort.map(|name| shape.column(name)).transpose()?,
            held: Vec::new(),
            text: String::new(),
            count: 0,
        })
    }

    /// The columns that were asked for, else those of the shape.
    fn columns_of(&self, shape: &Shape, wide: bool) -> Result<Vec<Column>, ListingError> {
        match &self.style.columns {
            Some(names) => names.iter().map(|name| shape.column(name.trim())).collect(),
            None => {
                let all = shape.columns.iter().copied();
                Ok(all.filter(|column| wide || !column.wide).collect())
            }
        }
    }

    /// Complains about columns that do not exist, before anything is done.
    ///
    /// # Errors
    /// When a column that was asked for does not exist.
    pub fn check(&self, shape: Shape) -> Result<(), ListingError> {
        self.columns_of(&shape, true)?;
        if let Some(name) = &self.style.sort {
            shape.column(name)?;
        }
        Ok(())
    }

    /// Prints a single object: the rows of a table are its columns.
    ///
    /// # Errors
    /// When a column that was asked for does not exist, or stdout cannot be written.
    pub fn item(&self, shape: Shape, item: &Value) -> Result<(), ListingError> {
        if self.data(shape, Content::One(item.clone()), &[])? {
            return Ok(());
        }
        let chosen = self.columns_of(&shape, true)?;
        let rows: Vec<Vec<String>> = chosen
            .iter()
            .map(|c| vec![c.title.to_lowercase(), c.text(item)])
            .collect();
        Ok(self.text(&render(&[], &rows, self.width, None))?)
    }

    /// Prints objects in the formats for machines. False, and nothing printed, where a table is
    /// wanted: the caller draws it.
    ///
    /// # Errors
    /// When a column that was asked for does not exist, or stdout cannot be written.
    pub fn data(
        &self,
        shape: Shape,
        content: Content,
        warnings: &[String],
    ) -> Result<bool, ListingError> {
        if !self.is_data() {
            return Ok(false);
        }
        match content {
            Content::Many(items) => {
                let mut listing = self.listing(shape)?;
                for item in items {
                    if !listing.push(item)? {
                        break;
                    }
                }
                listing.finish(warnings)?;
            }
            Content::One(item) => {
                let item = self.narrowed(&shape, item)?;
                match self.style.format {
                    Format::Json => {
                        let text = self.document(shape.schema, "item", item, warnings);
                        self.line(&text.to_string())?;
                    }
                    Format::Yaml => {
                        let value = self.document(shape.schema, "item", item, warnings);
                        self.text(&yaml::document(&value).map_err(ListingError::Yaml)?)?;
                    }
                    Format::Jsonl => self.line(&item.to_string())?,
                    Format::Csv => {
                        let columns = self.columns_of(&shape, true)?;
                        self.csv_heading(&columns)?;
                        self.text(&csv_row(&columns, &item))?;
                    }
                    Format::Name => self.line(&shape.name_of(&item))?,
                    Format::Table | Format::Wide => {}
                }
            }
        }
        Ok(true)
    }

    /// An object with the keys of `--columns` alone, for the formats that print whole objects.
    fn narrowed(&self, shape: &Shape, item: Value) -> Result<Value, ListingError> {
        let whole = !matches!(
            self.style.format,
            Format::Json | Format::Jsonl | Format::Yaml
        );
        if whole || self.style.columns.is_none() {
            return Ok(item);
        }
        Ok(narrow(&self.columns_of(shape, true)?, &item))
    }

    fn csv_heading(&self, columns: &[Column]) -> io::Result<()> {
        if self.style.headings {
            self.text(&csv::row(columns.iter().map(|column| column.key)))?;
        }
        Ok(())
    }

    /// Prints a table of other rows than those of a listing.
    ///
    /// # Errors
    /// When stdout cannot be written.
    pub fn rows(&self, headings: &[&str], rows: &[Vec<String>]) -> io::Result<()> {
        let state = headings.iter().position(|title| *title == "STATE");
        let tones = state.zip(self.style.tones);
        let headings = if self.style.headings { headings } else { &[] };
        self.text(&render(headings, rows, self.width, tones))
    }

    /// Prints one line.
    ///
    /// # Errors
    /// When stdout cannot be written.
    pub fn line(&self, line: &str) -> io::Result<()> {
        self.text(&format!("{line}\n"))
    }

    /// Prints a text as it is.
    ///
    /// # Errors
    /// When stdout cannot be written.
    pub fn text(&self, text: &str) -> io::Result<()> {
        let mut out = self.out.lock().unwrap_or_else(PoisonError::into_inner);
        out.write_all(text.as_bytes()).map_err(unwritable)
    }

    /// A document with its envelope.
    pub fn document(&self, schema: &str, key: &str, content: Value, warnings: &[String]) -> Value {
        let mut envelope = Map::new();
        envelope.insert("schema".into(), schema.into());
        envelope.insert("schema_version".into(), SCHEMA_VERSION.into());
        let now = format!("{:.0}", Timestamp::now());
        envelope.insert("generated_at".into(), now.into());
        envelope.insert("practice".into(), self.practice.into());
        envelope.insert("complete".into(), warnings.is_empty().into());
        envelope.insert("warnings".into(), json!(warnings));
        envelope.insert(key.into(), content);
        Value::Object(envelope)
    }

    /// Makes sure that everything has left.
    ///
    /// # Errors
    /// When stdout cannot be written.
    pub fn flush(&self) -> io::Result<()> {
        self.out
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .flush()
            .map_err(unwritable)
    }
}

/// The system's answer in words that say what could not be done.
fn unwritable(error: io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("cannot write the result: {error}"))
}

/// One row: the values as in JSON, not as people read them.
fn csv_row(columns: &[Column], item: &Value) -> String {
    let fields: Vec<String> = columns
        .iter()
        .map(|column| column.value(item).map(csv::field).unwrap_or_default())
        .collect();
    csv::row(fields.iter().map(String::as_str))
}

/// The keys of these columns alone, at the place where they stand.
fn narrow(columns: &[Column], item: &Value) -> Value {
    let mut kept = Value::Object(Map::new());
    for key in columns
        .iter()
        .flat_map(|c| std::iter::once(c.key).chain(c.or))
    {
        let Some(value) = field(item, key) else {
            continue;
        };
        let mut at = &mut kept;
        for part in key.split('.') {
            if !at.is_object() {
                *at = Value::Object(Map::new());
            }
            let Value::Object(map) = at else { break };
            at = map.entry(part).or_insert(Value::Null);
        }
        *at = value.clone();
    }
    kept
}

/// Objects of one kind on their way to stdout. `jsonl`, `csv` and `name` print them as they come;
/// `json` and `yaml` keep their text, because an error must leave no half document behind.
#[derive(Debug)]
pub struct Listing<'a> {
    printer: &'a Printer,
    shape: Shape,
    columns: Vec<Column>,
    sort: Option<Column>,
    /// What must be sorted or laid out first.
    held: Vec<Value>,
    /// The elements of a document so far.
    text: String,
    count: usize,
}

impl Listing<'_> {
    /// Takes one object. False when no more are wanted.
    ///
    /// # Errors
    /// When stdout cannot be written.
    pub fn push(&mut self, item: Value) -> Result<bool, ListingError> {
        if self.sort.is_some() {
            self.held.push(item);
            return Ok(true);
        }
        let limit = self.printer.style.limit.unwrap_or(usize::MAX);
        if self.count >= limit {
            return Ok(false);
        }
        self.print(item)?;
        Ok(self.count < limit)
    }

    /// Lets one object leave as far as its format allows.
    fn print(&mut self, item: Value) -> Result<(), ListingError> {
        let first = self.count == 0;
        self.count += 1;
        let printer = self.printer;
        match printer.style.format {
            Format::Table | Format::Wide => self.held.push(item),
            Format::Name => printer.line(&self.shape.name_of(&item))?,
            Format::Csv => {
                if first {
                    printer.csv_heading(&self.columns)?;
                }
                printer.text(&csv_row(&self.columns, &item))?;
            }
            Format::Jsonl => {
                let item = printer.narrowed(&self.shape, item)?;
                printer.text(&format!("{item}\n"))?;
            }
            Format::Json => {
                let item = printer.narrowed(&self.shape, item)?;
                if !first {
                    self.text.push(',');
                }
                self.text.push_str(&item.to_string());
            }
            Format::Yaml => {
                let item = printer.narrowed(&self.shape, item)?;
                let text = yaml::element(item).map_err(ListingError::Yaml)?;
                self.text.push_str(&text);
            }
        }
        Ok(())
    }

    /// Prints what is still held. Says whether nothing was there at all, which a table does not
    /// show by itself.
    ///
    /// # Errors
    /// When stdout cannot be written.
    pub fn finish(mut self, warnings: &[String]) -> Result<Found, ListingError> {
        if let Some(column) = self.sort.take() {
            let mut held = std::mem::take(&mut self.held);
            held.sort_by(|a, b| compare(column.value(a), column.value(b)));
            held.truncate(self.printer.style.limit.unwrap_or(usize::MAX));
            for item in held {
                self.print(item)?;
            }
        }
        let printer = self.printer;
        match printer.style.format {
            Format::Json | Format::Yaml => self.end_document(warnings)?,
            Format::Csv if self.count == 0 => printer.csv_heading(&self.columns)?,
            Format::Table | Format::Wide if !self.held.is_empty() => {
                let style = &printer.style;
                let narrow = style.format == Format::Table && style.columns.is_none();
                if let Some(width) = printer.width.filter(|_| narrow) {
                    self.columns = fitting(&self.columns, &self.held, width);
                }
                let headings: Vec<&str> = self.columns.iter().map(|c| c.title).collect();
                let row = |item| self.columns.iter().map(|c| c.text(item)).collect();
                let rows: Vec<Vec<String>> = self.held.iter().map(row).collect();
                printer.rows(&headings, &rows)?;
            }
            _ => {}
        }
        Ok(if self.count == 0 {
            Found::Nothing
        } else {
            Found::Some
        })
    }

    /// Prints the envelope around the elements that were kept as text.
    fn end_document(&self, warnings: &[String]) -> Result<(), ListingError> {
        let none = Value::Array(Vec::new());
        let empty = self
            .printer
            .document(self.shape.schema, "items", none, warnings);
        let (text, open) = match self.printer.style.format {
            Format::Yaml => (yaml::document(&empty).map_err(ListingError::Yaml)?, " []\n"),
            _ => (format!("{empty}\n"), "]}\n"),
        };
        if self.count == 0 {
            return Ok(self.printer.text(&text)?);
        }
        self.printer
            .text(text.strip_suffix(open).unwrap_or(&text))?;
        if self.printer.style.format == Format::Yaml {
            self.printer.text("\n")?;
            return Ok(self.printer.text(&self.text)?);
        }
        self.printer.text(&self.text)?;
        Ok(self.printer.text(open)?)
    }
}

/// Whether a listing had anything in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// At least one object.
    Some,
    /// None.
    Nothing,
}

/// Why a listing could not be printed.
#[derive(Debug, thiserror::Error)]
pub enum ListingError {
    /// stdout cannot be written.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// What cannot be written as YAML.
    #[error("cannot write the result as YAML: {0}")]
    Yaml(String),
    /// A column that does not exist.
    #[error("no column {name}: there are {}", known.join(", "))]
    NoColumn {
        /// As given.
        name: String,
        /// Those that exist.
        known: Vec<String>,
    },
}

impl super::kind::Failure for ListingError {
    fn kind(&self) -> super::kind::Kind {
        match self {
            Self::Io(_) | Self::Yaml(_) => super::kind::Kind::Failed,
            Self::NoColumn { .. } => super::kind::Kind::Usage,
        }
    }
}

/// Numbers by value, texts by their letters with numbers in them by value, null last.
fn compare(a: Option<&Value>, b: Option<&Value>) -> std::cmp::Ordering {
    use std::cmp::Ordering;
    match (a, b) {
        (None | Some(Value::Null), None | Some(Value::Null)) => Ordering::Equal,
        (None | Some(Value::Null), _) => Ordering::Greater,
        (_, None | Some(Value::Null)) => Ordering::Less,
        (Some(Value::Number(x)), Some(Value::Number(y))) => x
            .as_f64()
            .partial_cmp(&y.as_f64())
            .unwrap_or(Ordering::Equal),
        (Some(x), Some(y)) => {
            let (x, y) = (plain(x), plain(y));
            natural(&x, &y).then_with(|| x.cmp(&y))
        }
    }
}

/// Letter by letter, but a run of digits by its value: `vol-2` before `vol-10`.
fn natural(mut a: &str, mut b: &str) -> std::cmp::Ordering {
    use std::cmp::Ordering;
    loop {
        let (x, y) = (a.chars().next(), b.chars().next());
        let (Some(m), Some(n)) = (x, y) else {
            return x.cmp(&y);
        };
        let ordering = if m.is_ascii_digit() && n.is_ascii_digit() {
            let (first, second) = (digits(&mut a), digits(&mut b));
            first.len().cmp(&second.len()).then(first.cmp(second))
        } else {
            a = a.strip_prefix(m).unwrap_or_default();
            b = b.strip_prefix(n).unwrap_or_default();
            m.cmp(&n)
        };
        if ordering != Ordering::Equal {
            return ordering;
        }
    }
}

/// Takes the leading digits off a text, and gives them without zeros in front.
fn digits<'a>(text: &mut &'a str) -> &'a str {
    let end = text.find(|c: char| !c.is_ascii_digit());
    let (run, rest) = text.split_at(end.unwrap_or(text.len()));
    *text = rest;
    run.trim_start_matches('0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_sorted_as_people_count() {
        let mut names = ["vol-10", "vol-2", "vol", "10", "9", "vol-02", "a", "vol-2b"];
        names.sort_by(|a, b| compare(Some(&json!(a)), Some(&json!(b))));
        let wanted = ["9", "10", "a", "vol", "vol-02", "vol-2", "vol-2b", "vol-10"];
        assert_eq!(names, wanted);
        let mut sizes = [json!(null), json!(10), json!(9)];
        sizes.sort_by(|a, b| compare(Some(a), Some(b)));
        assert_eq!(sizes, [json!(9), json!(10), json!(null)]);
    }
}
