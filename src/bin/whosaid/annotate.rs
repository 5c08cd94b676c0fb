//! `whosaid annotate`: articles in, one line of JSON an article out.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, ErrorKind, Read as _, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Deserialize;
use whosaid::{Annotator, Options};

use crate::input::{self, Records, unreadable};
use crate::record::Record;
use crate::{Reader, complain, name};

/// What `annotate` is told.
#[derive(Args)]
pub(crate) struct Arguments {
    /// The input is JSONL: one {"id": "…", "text": "…"} a line, other fields ignored
    #[arg(long)]
    jsonl: bool,
    #[command(flatten)]
    reader: Reader,
    /// Plain text, one article a file (its id is the file's name as given); "-" or none: standard input
    files: Vec<PathBuf>,
}

/// An article of a JSONL file.
#[derive(Deserialize)]
struct Given {
    id: String,
    text: String,
}

/// Annotates all that is given; false when some of it could not be read.
///
/// # Errors
/// When there is no model to read with.
pub(crate) fn run(arguments: &Arguments) -> Result<bool, String> {
    let mut out = Out {
        annotator: arguments.reader.annotator()?,
        options: arguments.reader.options(),
        to: BufWriter::new(io::stdout().lock()),
    };
    let stdin = [PathBuf::from("-")];
    let files = if arguments.files.is_empty() { &stdin[..] } else { &arguments.files };
    let mut good = true;
    for path in files {
        let done = if arguments.jsonl { out.lines(path) } else { out.file(path) };
        match done {
            Ok(read) => good &= read,
            // Whoever read our output has had enough.
            Err(error) if error.kind() == ErrorKind::BrokenPipe => break,
            Err(error) => return Err(format!("the output cannot be written ({error})")),
        }
    }
    Ok(good)
}

/// Where annotated articles go.
struct Out<W: Write> {
    annotator: Annotator,
    options: Options,
    to: W,
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
        self.print(text.map(|text| Given { id: name, text }))
    }

    /// Annotates one article a line, as they come; false when some could not be read.
    fn lines(&mut self, path: &Path) -> io::Result<bool> {
        let name = name(path);
        let reader = match open(path) {
            Ok(reader) => reader,
            Err(error) => return self.print(Err(unreadable(&name, &error))),
        };
        let mut good = true;
        for given in Records::new(&name, r#"{"id": "…", "text": "…"}"#, reader) {
            good &= self.print(given)?;
        }
        Ok(good)
    }

    /// Prints one annotated article at once, so that a program at the other end can work on it; or complains.
    fn print(&mut self, given: Result<Given, String>) -> io::Result<bool> {
        let Given { id, text } = match given {
            Ok(given) => given,
            Err(complaint) => {
                complain(&complaint);
                return Ok(false);
            }
        };
        let analysis = self.annotator.annotate(&text, &self.options);
        serde_json::to_writer(&mut self.to, &Record::new(id, &text, &analysis))?;
        self.to.write_all(b"\n")?;
        self.to.flush()?;
        Ok(true)
    }
}

fn open(path: &Path) -> io::Result<Box<dyn BufRead>> {
    Ok(if path == Path::new("-") { Box::new(io::stdin().lock()) } else { Box::new(BufReader::new(File::open(path)?)) })
}
