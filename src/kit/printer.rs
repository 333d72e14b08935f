//! stdout: the result and nothing else, in the format that was asked for.

use std::io::{self, BufWriter, IsTerminal, Stdout, Write};
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::table::{Column, Tones, field, plain, render};

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
            columns: self.columns_of(&shape, self.style.format == Format::Wide)?,
            sort: sort.map(|name| shape.column(name)).transpose()?,
            held: Vec::new(),
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

    /// Prints a single object: the rows of a table are its columns.
    ///
    /// # Errors
    /// When a column that was asked for does not exist, or stdout cannot be written.
    pub fn item(&self, shape: Shape, item: &Value) -> Result<(), ListingError> {
        match self.style.format {
            Format::Table | Format::Wide => {
                let chosen = self.columns_of(&shape, true)?;
                let rows: Vec<Vec<String>> = chosen
                    .iter()
                    .map(|c| vec![c.title.to_lowercase(), c.text(item)])
                    .collect();
                self.text(&render(&[], &rows, self.width, None))?;
            }
            Format::Json | Format::Jsonl => self.json_item(shape.schema, item.clone())?,
            Format::Name => self.line(&shape.name_of(item))?,
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

    /// A single object as JSON: in its envelope, or bare where every line is an object.
    ///
    /// # Errors
    /// When stdout cannot be written.
    pub fn json_item(&self, schema: &str, item: Value) -> io::Result<()> {
        let value = match self.style.format {
            Format::Jsonl => item,
            _ => self.document(schema, "item", item, &[]),
        };
        self.line(&value.to_string())
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

/// Objects of one kind on their way to stdout. `jsonl` and `name` print them as they come.
#[derive(Debug)]
pub struct Listing<'a> {
    printer: &'a Printer,
    shape: Shape,
    columns: Vec<Column>,
    sort: Option<Column>,
    held: Vec<Value>,
    count: usize,
}

impl Listing<'_> {
    /// Takes one object. False when no more are wanted.
    ///
    /// # Errors
    /// When stdout cannot be written.
    pub fn push(&mut self, item: Value) -> io::Result<bool> {
        let style = &self.printer.style;
        let limit = style.limit.unwrap_or(usize::MAX);
        if style.sort.is_none() {
            if self.count >= limit {
                return Ok(false);
            }
            self.count += 1;
            match style.format {
                Format::Jsonl => {
                    self.printer.text(&format!("{item}\n"))?;
                    return Ok(self.count < limit);
                }
                Format::Name => {
                    self.printer.line(&self.shape.name_of(&item))?;
                    return Ok(self.count < limit);
                }
                _ => {}
            }
        }
        self.held.push(item);
        Ok(style.sort.is_some() || self.count < limit)
    }

    /// Prints what is still held. Says whether nothing was there at all, which a table does not
    /// show by itself.
    ///
    /// # Errors
    /// When stdout cannot be written.
    pub fn finish(mut self, warnings: &[String]) -> Result<Found, ListingError> {
        let style = &self.printer.style;
        if let Some(column) = &self.sort {
            self.held
                .sort_by(|a, b| compare(field(a, column.key), field(b, column.key)));
            self.held.truncate(style.limit.unwrap_or(usize::MAX));
        }
        let held = std::mem::take(&mut self.held);
        let found = if held.is_empty() && self.count == 0 {
            Found::Nothing
        } else {
            Found::Some
        };
        match style.format {
            Format::Json => {
                let text =
                    self.printer
                        .document(self.shape.schema, "items", Value::Array(held), warnings);
                self.printer.text(&format!("{text}\n"))?;
            }
            Format::Jsonl => {
                for item in held {
                    self.printer.text(&format!("{item}\n"))?;
                }
            }
            Format::Name => {
                for item in held {
                    self.printer.line(&self.shape.name_of(&item))?;
                }
            }
            Format::Table | Format::Wide if held.is_empty() => {}
            Format::Table | Format::Wide => {
                let columns = &self.columns;
                let headings: Vec<&str> = columns.iter().map(|c| c.title).collect();
                let rows: Vec<Vec<String>> = held
                    .iter()
                    .map(|item| columns.iter().map(|c| c.text(item)).collect())
                    .collect();
                self.printer.rows(&headings, &rows)?;
            }
        }
        Ok(found)
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
            Self::Io(_) => super::kind::Kind::Failed,
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
