//! `whosaid annotate`: articles in, one line of JSON an article out.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, ErrorKind, Read as _, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde_json::value::RawValue;
use whosaid::export::table;
use whosaid::{Annotator, Options};

use crate::input::{self, Records, unreadable};
use crate::record::{Given, Record, SHAPE, id};
use crate::{ModelArgs, complain, name};

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

/// Annotates all that is given; false when some of it could not be read.
///
/// # Errors
/// When there is no model to read with.
pub(crate) fn run(arguments: &Arguments) -> Result<bool, String> {
    let mut out = Out {
        annotator: arguments.model.annotator()?,
        options: arguments.model.options(),
        to: BufWriter::new(io::stdout().lock()),
        format: arguments.format,
    };
    if arguments.format == Shape::Csv {
        out.rows([table::COLUMNS]).map_err(|error| unwritable(&error))?;
    }
    let stdin = [PathBuf::from("-")];
    let files = if arguments.files.is_empty() { &stdin[..] } else { &arguments.files };
    let mut good = true;
    for path in files {
        let done = if arguments.jsonl { out.lines(path) } else { out.file(path) };
        match done {
            Ok(read) => good &= read,
            // Whoever read our output has had enough.
            Err(error) if error.kind() == ErrorKind::BrokenPipe => break,
            Err(error) => return Err(unwritable(&error)),
        }
    }
    Ok(good)
}

fn unwritable(error: &io::Error) -> String {
    format!("the output cannot be written ({error})")
}

/// Where annotated articles go.
struct Out<W: Write> {
    annotator: Annotator,
    options: Options,
    to: W,
    format: Shape,
}

impl<W: Write> Out<W> {
    /// Annotates one plain text; false when it could not be read.
    fn file(&mut self, path: &Path) -> io::Result<bool> {
        let name = name(path);
        let mut bytes = Vec::new();
        let text = open(path)
            .and_then(|mut reader| reader.read_to_end(&mut bytes))
            .map_err(|error| unreadable(&name, &error))
            .and_then(|_| input::text(&name, bytes));
        self.print(1, text.map(|text| (id(&name), text)))
    }

    /// Annotates one article a line, as they come; false when some could not be read.
    fn lines(&mut self, path: &Path) -> io::Result<bool> {
        let name = name(path);
        let reader = match open(path) {
            Ok(reader) => reader,
            Err(error) => return self.print(1, Err(unreadable(&name, &error))),
        };
        let mut good = true;
        let mut records = Records::<Given>::new(&name, SHAPE, reader);
        while let Some(given) = records.next() {
            let line = records.line();
            good &= self.print(line, given.map(|Given { id, text }| (id.unwrap_or_else(|| self::id(&line)), text)))?;
        }
        Ok(good)
    }

    /// Prints rows of the table, after RFC 4180.
    fn rows<C: AsRef<[u8]>, const N: usize>(&mut self, rows: impl IntoIterator<Item = [C; N]>) -> io::Result<()> {
        let mut table = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(&mut self.to);
        for row in rows {
            table.write_record(row)?;
        }
        table.flush()
    }

    /// Prints one annotated article at once, so that a program at the other end can work on it; or complains. `line`: in
    /// which line of its file it stands.
    fn print(&mut self, line: usize, given: Result<(Box<RawValue>, String), String>) -> io::Result<bool> {
        let (id, text) = match given {
            Ok(given) => given,
            Err(complaint) => {
                complain(&complaint);
                return Ok(false);
            }
        };
        let analysis = self.annotator.annotate(&text, &self.options);
        match self.format {
            Shape::Jsonl => {
                serde_json::to_writer(&mut self.to, &Record::new(id, &text, &analysis))?;
                self.to.write_all(b"\n")?;
            }
            Shape::Csv => self.rows(table::rows(&id, line, &text, &analysis))?,
        }
        self.to.flush()?;
        Ok(true)
    }
}

pub(crate) fn open(path: &Path) -> io::Result<Box<dyn BufRead>> {
    Ok(if path == Path::new("-") { Box::new(io::stdin().lock()) } else { Box::new(BufReader::new(File::open(path)?)) })
}
