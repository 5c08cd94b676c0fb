//! Files -> the articles in them, as they come.

use std::io::{BufRead, Read as _};
use std::iter;
use std::path::{Path, PathBuf};

use serde_json::value::RawValue;
use whosaid::export::record::{Kept, id};
use whosaid::export::stream::{Article, Keep, Stream};

use crate::bar::Read;
use crate::cells::{Row, Rows};
use crate::input::{self, Lines, broken, counted, unreadable};
use crate::name;

/// What the files hold.
#[derive(Debug, Clone)]
pub(crate) enum Form {
    /// One article, in plain text.
    Text,
    /// An article a line, as JSON.
    Lines,
    /// A table with an article a row.
    Table {
        /// Of the ids; the number of the line is the id where there is none.
        id: Option<String>,
        text: String,
    },
}

/// An article, or why there is none.
pub(crate) type Given = Result<Article, String>;

/// One that was given, with the checksum of the bytes that it stands in.
type Item = (u32, Given);

type Items = Box<dyn Iterator<Item = Item>>;

/// Files, standard input where there are none.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    pub(crate) files: Vec<PathBuf>,
    pub(crate) form: Form,
    pub(crate) stream: Stream,
    /// Counts what is read.
    pub(crate) read: Read,
}

impl Source {
    /// The articles as they come, the first so many left out. With each one comes the checksum of all of them up to it. Where
    /// what is left out has another checksum than this, or is too little, the only item is `None`.
    pub(crate) fn after(self, items: usize, check: u32) -> impl Iterator<Item = Option<Item>> {
        let files = if self.files.is_empty() { vec![PathBuf::from("-")] } else { self.files.clone() };
        let all = files.into_iter().flat_map(move |path| self.of_file(&path));
        let mut all = all.scan(0, |so_far, (check, given)| {
            let mut hasher = crc32fast::Hasher::new_with_initial(*so_far);
            hasher.update(&check.to_le_bytes());
            *so_far = hasher.finalize();
            Some((*so_far, given))
        });
        let same = items == 0 || all.nth(items - 1).is_some_and(|(found, _)| found == check);
        let (changed, all) = if same { (None, Some(all)) } else { (Some(None), None) };
        changed.into_iter().chain(all.into_iter().flatten().map(Some))
    }

    fn of_file(&self, path: &Path) -> Items {
        let name = name(path);
        let reader = match counted(path, &self.read) {
            Ok(reader) => reader,
            Err(error) => return Box::new(iter::once((0, Err(unreadable(&name, &error))))),
        };
        match &self.form {
            Form::Text => Box::new(iter::once(whole(&name, reader))),
            Form::Lines => Box::new(lines(Lines::new(&name, reader), self.stream.clone())),
            Form::Table { id, text } => rows(&name, reader, id.as_deref(), text, self.stream.keep()),
        }
    }
}

/// One plain text.
fn whole(name: &str, mut reader: Box<dyn BufRead>) -> Item {
    let mut bytes = Vec::new();
    let read = reader.read_to_end(&mut bytes).map_err(|error| broken(name, 0, &error));
    let check = crc32fast::hash(&bytes);
    let text = read.and_then(|_| input::text(name, bytes));
    (check, text.map(|text| Article { id: id(name), row: 1, text, kept: Vec::new() }))
}

/// An article a line, blank lines left out.
fn lines(mut lines: Lines<'static>, stream: Stream) -> impl Iterator<Item = Item> {
    iter::from_fn(move || {
        loop {
            match lines.next()? {
                Ok(bytes) if bytes.trim_ascii().is_empty() => {}
                Ok(bytes) => {
                    let bytes = bytes.trim_ascii_end();
                    let (name, line) = (lines.name(), lines.number());
                    let given = lines
                        .text(line, bytes)
                        .and_then(|text| stream.article(text, line).map_err(|fault| format!("{name}:{line}: {fault}")));
                    return Some((crc32fast::hash(bytes), given));
                }
                Err(complaint) => return Some((0, Err(complaint))),
            }
        }
    })
}

/// An article a row.
fn rows(name: &str, reader: Box<dyn BufRead>, id: Option<&str>, text: &str, keep: &[Keep]) -> Items {
    let mut rows = Rows::new(Lines::new(name, reader));
    let empty = || Err(format!("{name}: the table is empty: it needs a head with a column \"{text}\""));
    let head = rows.next().unwrap_or_else(empty);
    match head.and_then(|head| Columns::of(name, &head, id, text, keep)) {
        Err(complaint) => Box::new(iter::once((0, Err(complaint)))),
        Ok(columns) => {
            let name = name.to_owned();
            Box::new(rows.map(move |row| match row {
                Ok(row) => (crc32fast::hash(&row.bytes), columns.article(&name, row)),
                Err(complaint) => (0, Err(complaint)),
            }))
        }
    }
}

/// Where in a row the parts of an article stand.
struct Columns {
    id: Option<usize>,
    text: usize,
    kept: Vec<(String, usize)>,
    /// How many there are.
    all: usize,
}

impl Columns {
    fn of(file: &str, head: &Row, id: Option<&str>, text: &str, keep: &[Keep]) -> Result<Self, String> {
        let find = |column: &str| {
            head.cells.iter().position(|cell| cell == column).ok_or_else(|| {
                format!("{file}:{}: there is no column \"{column}\": there are {}", head.line, head.cells.join(", "))
            })
        };
        Ok(Self {
            id: id.map(find).transpose()?,
            text: find(text)?,
            kept: keep.iter().map(|keep| Ok((keep.name.clone(), find(&keep.field)?))).collect::<Result<_, String>>()?,
            all: head.cells.len(),
        })
    }

    fn article(&self, file: &str, Row { line, cells, .. }: Row) -> Given {
        if cells.len() != self.all {
            return Err(format!(
                "{file}:{line}: {} cells where the head has {}: put a cell that holds the separator, a quotation mark or the \
                 end of a line in quotation marks",
                cells.len(),
                self.all
            ));
        }
        let json = |column: usize| -> Box<RawValue> { id(&cells[column]) };
        Ok(Article {
            id: self.id.map_or_else(|| id(&line), json),
            row: line,
            kept: self
                .kept
                .iter()
                .map(|(name, column)| Kept { name: name.clone(), value: Some(json(*column)) })
                .collect(),
            text: cells[self.text].clone(),
        })
    }
}
