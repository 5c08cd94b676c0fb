//! `whosaid annotate`: articles in, one line of JSON an article out, or one row of a table a claim.

use std::fs::File;
use std::io::{self, BufRead, BufReader, ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::{iter, thread};

use clap::{Args, ValueEnum};
use serde_json::value::RawValue;
use whosaid::export::table;
use whosaid::{Annotator, Options};

use crate::input::{self, Records, unreadable};
use crate::record::{Given, Record, SHAPE, id};
use crate::{ModelArgs, complain, name, ordered};

/// What `annotate` is told.
#[derive(Args)]
pub(crate) struct Arguments {
    /// The input is JSONL: one {"id": "…", "text": "…"} a line, other fields ignored; without an id, the line's number
    /// is the id
    #[arg(long)]
    jsonl: bool,
    /// What comes out: a line of JSON an article, or a table with a row for each claim
    #[arg(long, value_enum, default_value_t = Shape::Jsonl)]
    format: Shape,
    /// Read so many articles at once; the output keeps the order of the input. 0: one for each core
    #[arg(long, value_name = "N", default_value_t = 1)]
    threads: usize,
    #[command(flatten)]
    model: ModelArgs,
    /// Plain text, one article a file (its id is the file's name as given); "-" or none: standard input
    files: Vec<PathBuf>,
}

/// What comes out.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Shape {
    Jsonl,
    Csv,
}

/// An article as it was given, or why there is none.
struct Article {
    /// In which line of its file it stands, from 1.
    line: usize,
    /// Its id and its text.
    given: Result<(Box<RawValue>, String), String>,
}

/// Annotates all that is given; false when some of it could not be read.
///
/// # Errors
/// When there is no model to read with, or the output cannot be written.
pub(crate) fn run(arguments: &Arguments) -> Result<bool, String> {
    let annotator = arguments.model.annotator()?;
    let (options, format) = (arguments.model.options(), arguments.format);
    let mut out = io::stdout().lock();
    let mut good = true;
    let head = if format == Shape::Csv { rows([table::COLUMNS]) } else { Ok(Vec::new()) };
    // Each article is printed at once, so that a program at the other end can work on it.
    let mut print = |lines: Vec<u8>| out.write_all(&lines).and_then(|()| out.flush());
    let done = head.and_then(&mut print).and_then(|()| {
        ordered::each(
            threads(arguments.threads),
            articles(&arguments.files, arguments.jsonl),
            move |article| written(article, &annotator, &options, format),
            |written| match written {
                Ok(lines) => print(lines?),
                Err(complaint) => {
                    complain(&complaint);
                    good = false;
                    Ok(())
                }
            },
        )
    });
    match done {
        // Whoever read our output has had enough.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(good),
        Err(error) => Err(format!("the output cannot be written ({error})")),
        Ok(()) => Ok(good),
    }
}

/// So many, where 0 is one for each core.
fn threads(wanted: usize) -> usize {
    if wanted == 0 { thread::available_parallelism().map_or(1, usize::from) } else { wanted }
}

/// Annotates an article: what is to be printed of it, or the complaint that came in its place.
fn written(
    Article { line, given }: Article,
    annotator: &Annotator,
    options: &Options,
    format: Shape,
) -> Result<io::Result<Vec<u8>>, String> {
    let (id, text) = given?;
    let analysis = annotator.annotate(&text, options);
    Ok(match format {
        Shape::Jsonl => {
            serde_json::to_vec(&Record::new(id, &text, &analysis)).map_err(io::Error::from).map(|mut line| {
                line.push(b'\n');
                line
            })
        }
        Shape::Csv => rows(table::rows(&id, line, &text, &analysis)),
    })
}

/// Rows of the table, after RFC 4180.
fn rows<C: AsRef<[u8]>, const N: usize>(rows: impl IntoIterator<Item = [C; N]>) -> io::Result<Vec<u8>> {
    let mut table = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        table.write_record(row)?;
    }
    table.into_inner().map_err(csv::IntoInnerError::into_error)
}

/// What opens the files, standard input where there are none, and reads their articles as they come.
fn articles(files: &[PathBuf], jsonl: bool) -> impl FnOnce() -> Box<dyn Iterator<Item = Article>> + Send + 'static {
    let files = if files.is_empty() { vec![PathBuf::from("-")] } else { files.to_vec() };
    move || {
        Box::new(files.into_iter().flat_map(move |path| {
            let once = |given| Box::new(iter::once(Article { line: 1, given })) as Box<dyn Iterator<Item = Article>>;
            let name = name(&path);
            match open(&path) {
                Err(error) => once(Err(unreadable(&name, &error))),
                Ok(reader) if jsonl => Box::new(lines(&name, reader)),
                Ok(reader) => once(whole(&name, reader)),
            }
        }))
    }
}

/// One article a line.
fn lines(name: &str, reader: Box<dyn BufRead>) -> impl Iterator<Item = Article> + use<> {
    let mut records = Records::<Given>::new(name, SHAPE, reader);
    iter::from_fn(move || {
        let given = records.next()?;
        let line = records.line();
        Some(Article { line, given: given.map(|Given { id, text }| (id.unwrap_or_else(|| self::id(&line)), text)) })
    })
}

/// One plain text.
fn whole(name: &str, mut reader: Box<dyn BufRead>) -> Result<(Box<RawValue>, String), String> {
    let mut bytes = Vec::new();
    reader.read_to_end(&mut bytes).map_err(|error| unreadable(&name, &error))?;
    Ok((id(&name), input::text(name, bytes)?))
}

pub(crate) fn open(path: &Path) -> io::Result<Box<dyn BufRead>> {
    Ok(if path == Path::new("-") { Box::new(io::stdin().lock()) } else { Box::new(BufReader::new(File::open(path)?)) })
}
