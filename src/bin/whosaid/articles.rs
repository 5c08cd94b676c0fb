//! Files -> the articles in them, as they come.

use std::io::{BufRead, Read as _};
use std::iter;
use std::path::{Path, PathBuf};

use serde_json::value::RawValue;
use whosaid::export::record::{Kept, id};
use whosaid::export::stream::{Article, Keep, Stream};

use crate::cells::{Row, Rows};
use crate::input::{self, Lines, broken, open, unreadable};
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

type Articles = Box<dyn Iterator<Item = Given>>;

/// What opens the files, standard input where there are none, and reads their articles as they come.
pub(crate) fn articles(files: &[PathBuf], form: Form, stream: Stream) -> impl FnOnce() -> Articles + Send + 'static {
    let files = if files.is_empty() { vec![PathBuf::from("-")] } else { files.to_vec() };
    move || Box::new(files.into_iter().flat_map(move |path| of_file(&path, &form, &stream)))
}

fn of_file(path: &Path, form: &Form, stream: &Stream) -> Articles {
    let name = name(path);
    let reader = match open(path) {
        Ok(reader) => reader,
        Err(error) => return Box::new(iter::once(Err(unreadable(&name, &error)))),
    };
    match form {
        Form::Text => Box::new(iter::once(whole(&name, reader))),
        Form::Lines => Box::new(lines(Lines::new(&name, reader), stream.clone())),
        Form::Table { id, text } => {
            let mut rows = Rows::new(Lines::new(&name, reader));
            match rows.next().map(|head| Columns::of(&name, &head?, id.as_deref(), text, stream.keep())) {
                None => Box::new(iter::once(Err(format!(
                    "{name}: the table is empty: it needs a head with a column \"{text}\""
                )))),
                Some(Err(complaint)) => Box::new(iter::once(Err(complaint))),
                Some(Ok(columns)) => Box::new(rows.map(move |row| columns.article(&name, row?))),
            }
        }
    }
}

/// One plain text.
fn whole(name: &str, mut reader: Box<dyn BufRead>) -> Given {
    let mut bytes = Vec::new();
    reader.read_to_end(&mut bytes).map_err(|error| broken(name, 0, &error))?;
    Ok(Article { id: id(name), row: 1, text: input::text(name, bytes)?, kept: Vec::new() })
}

/// An article a line, blank lines left out.
fn lines(mut lines: Lines<'static>, stream: Stream) -> impl Iterator<Item = Given> {
    iter::from_fn(move || {
        loop {
            match lines.next()? {
                Ok(bytes) if bytes.trim_ascii().is_empty() => {}
                Ok(bytes) => {
                    let (name, line) = (lines.name(), lines.number());
                    let text = lines.text(line, bytes.trim_ascii_end());
                    let given = text
                        .and_then(|text| stream.article(text, line).map_err(|fault| format!("{name}:{line}: {fault}")));
                    return Some(given);
                }
                Err(complaint) => return Some(Err(complaint)),
            }
        }
    })
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
