//! `whosaid annotate`: articles in, one line of JSON an article out, or one row of a table a claim.

use std::io::{self, ErrorKind, Write as _};
use std::path::PathBuf;
use std::thread;

use clap::{Args, ValueEnum};
use whosaid::export::stream::{self, Stream};

use crate::articles::{Form, Given, articles};
use crate::{ModelArgs, complain, ordered};

/// What `annotate` is told.
#[derive(Args)]
pub(crate) struct Arguments {
    /// The input is JSONL: one {"id": "…", "text": "…"} a line; without an id, the line's number is the id
    #[arg(long, conflicts_with = "text_column")]
    jsonl: bool,
    /// The input is a table (CSV with a head; comma, semicolon or tab between cells): the column with the texts
    #[arg(long, value_name = "NAME")]
    text_column: Option<String>,
    /// The table's column with the ids; without it, the line's number is the id
    #[arg(long, value_name = "NAME", requires = "text_column")]
    id_column: Option<String>,
    /// Other fields or columns of the input that go through to the output: --keep date,url. Under another name:
    /// --keep source=outlet
    #[arg(long, value_name = "FIELDS", value_delimiter = ',')]
    keep: Vec<String>,
    /// What comes out: a line of JSON an article, or a table with a row for each claim
    #[arg(long, value_enum, default_value_t = Shape::Jsonl)]
    format: Shape,
    /// Read so many articles at once; the output keeps the order of the input. 0: one for each core
    #[arg(long, value_name = "N", default_value_t = 1)]
    threads: usize,
    #[command(flatten)]
    model: ModelArgs,
    /// Plain text, one article a file (its id is the file's name as given); "-" or none: standard input. What gzip or
    /// Zstandard have compressed is decompressed
    files: Vec<PathBuf>,
}

/// What comes out.
#[derive(Clone, Copy, ValueEnum)]
enum Shape {
    Jsonl,
    Csv,
}

impl Arguments {
    fn form(&self) -> Form {
        match &self.text_column {
            Some(text) => Form::Table { id: self.id_column.clone(), text: text.clone() },
            None if self.jsonl => Form::Lines,
            None => Form::Text,
        }
    }

    fn stream(&self) -> Result<Stream, String> {
        if !self.keep.is_empty() && matches!(self.form(), Form::Text) {
            return Err("--keep: a plain text has no fields: give --jsonl or --text-column too".to_owned());
        }
        let shape = match self.format {
            Shape::Jsonl => stream::Shape::Jsonl,
            Shape::Csv => stream::Shape::Csv,
        };
        Stream::new(shape, &self.keep)
    }

    /// How many threads are asked for.
    fn threads(&self) -> usize {
        if self.threads == 0 { thread::available_parallelism().map_or(1, usize::from) } else { self.threads }
    }
}

/// Annotates all that is given; false when some of it could not be read.
///
/// # Errors
/// When there is no model to read with, the arguments are at odds, or the output cannot be written.
pub(crate) fn run(arguments: &Arguments) -> Result<bool, String> {
    let stream = arguments.stream()?;
    let annotator = arguments.model.annotator()?;
    let options = arguments.model.options();
    let mut out = io::stdout().lock();
    let mut good = true;
    // Each article is printed at once, so that a program at the other end can work on it.
    let mut print = |lines: &str| out.write_all(lines.as_bytes()).and_then(|()| out.flush());
    let done = print(&stream.head()).and_then(|()| {
        let given = articles(&arguments.files, arguments.form(), stream.clone());
        let written = move |article: Given| {
            article.map(|article| {
                let analysis = annotator.annotate(&article.text, &options);
                stream.write(article, &analysis)
            })
        };
        ordered::each(arguments.threads(), given, written, |written| match written {
            Ok(lines) => print(&lines),
            Err(complaint) => {
                complain(&complaint);
                good = false;
                Ok(())
            }
        })
    });
    match done {
        // Whoever read our output has had enough.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(good),
        Err(error) => Err(format!("the output cannot be written ({error})")),
        Ok(()) => Ok(good),
    }
}
