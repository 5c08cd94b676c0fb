//! `whosaid annotate`: articles in, one line of JSON an article out, or one row of a table a claim.

use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::io::{self, ErrorKind, IsTerminal as _};
use std::path::PathBuf;
use std::thread;

use clap::{Args, ValueEnum};
use whosaid::export::stream::{self, Stream};
use whosaid::{Annotator, Options};

use crate::articles::{Form, Given, Source};
use crate::bar::{Bar, Read};
use crate::output::{Output, Progress};
use crate::{ModelArgs, complain, ordered};

/// The arguments of `annotate`.
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
    /// Write to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Go on with the output of a run that was interrupted; give everything else as it was
    #[arg(long, requires = "output")]
    resume: bool,
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

    /// What changes the output, by its name.
    fn decisive(&self, annotator: &Annotator) -> BTreeMap<String, String> {
        let files: Vec<String> = self.files.iter().map(|file| file.display().to_string()).collect();
        let mut arguments = BTreeMap::from([
            ("whosaid".to_owned(), env!("CARGO_PKG_VERSION").to_owned()),
            ("the model".to_owned(), annotator.annotate("", &Options::default()).model),
            ("--min-confidence".to_owned(), self.model.min_confidence.to_string()),
            (
                "--format".to_owned(),
                self.format.to_possible_value().map_or(String::new(), |name| name.get_name().to_owned()),
            ),
            ("--keep".to_owned(), self.keep.join(",")),
            ("the input".to_owned(), files.join(" ")),
        ]);
        let columns = [("--text-column", &self.text_column), ("--id-column", &self.id_column)];
        for (name, column) in columns {
            arguments.insert(name.to_owned(), column.clone().unwrap_or_default());
        }
        arguments.insert("--jsonl".to_owned(), self.jsonl.to_string());
        arguments
    }

    /// Where the articles go.
    fn output(&self, annotator: &Annotator) -> Result<Output, String> {
        let Some(path) = &self.output else { return Ok(Output::standard()) };
        let place = fs::canonicalize(path).ok();
        if let Some(same) = self.files.iter().find(|file| place.is_some() && fs::canonicalize(file).ok() == place) {
            return Err(format!("{}: is what is to be read: give another file by --output", same.display()));
        }
        Output::file(path, self.decisive(annotator), self.resume)
    }

    /// How many threads are asked for.
    fn threads(&self) -> usize {
        if self.threads == 0 { thread::available_parallelism().map_or(1, usize::from) } else { self.threads }
    }
}

/// What an item of the input became.
enum Done {
    /// What is to be written of an article; the checksum of the input with it.
    Written(String, u32),
    /// What to say of an item that is no article.
    Bad(String, u32),
    /// The input is not the one that the interrupted run had.
    Changed,
}

/// Annotates all that is given; false when some of it could not be read.
///
/// # Errors
/// When there is no model to read with, the arguments are at odds, or the output cannot be written.
pub(crate) fn run(arguments: &Arguments) -> Result<bool, String> {
    let stream = arguments.stream()?;
    let annotator = arguments.model.annotator()?;
    let options = arguments.model.options();
    let mut output = arguments.output(&annotator)?;
    let Progress { items, check, .. } = *output.progress();
    let source = Source {
        files: arguments.files.clone(),
        form: arguments.form(),
        stream: stream.clone(),
        read: Read::default(),
    };
    let there = arguments.output.is_none() && io::stdout().is_terminal();
    let mut bar = Bar::new(Read::clone(&source.read), length(&arguments.files), there);
    let head = stream.head();
    let work = move |item: Option<(u32, Given)>| match item {
        None => Done::Changed,
        Some((check, Err(complaint))) => Done::Bad(complaint, check),
        Some((check, Ok(article))) => {
            let analysis = annotator.annotate(&article.text, &options);
            Done::Written(stream.write(article, &analysis), check)
        }
    };
    let done = output.head(&head).map_err(Stop::Output).and_then(|()| {
        ordered::each(
            arguments.threads(),
            move || source.after(items, check),
            work,
            |done| {
                let taken = match done {
                    Done::Changed => return Err(Stop::Changed),
                    Done::Written(lines, check) => output.item(Some(&lines), check),
                    Done::Bad(complaint, check) => {
                        bar.clear();
                        complain(&complaint);
                        output.item(None, check)
                    }
                };
                bar.step();
                taken.map_err(Stop::Output)
            },
        )
    });
    bar.clear();
    let good = !output.progress().bad;
    match done.and_then(|()| output.end().map_err(Stop::Output)) {
        Ok(()) => Ok(good),
        // Whoever read our output has had enough.
        Err(Stop::Output(error)) if error.kind() == ErrorKind::BrokenPipe => Ok(good),
        Err(Stop::Output(error)) => Err(format!("the output cannot be written ({error})")),
        Err(Stop::Changed) => Err(format!(
            "the input is not what the interrupted run read: its first {items} articles have changed: go on with the same \
             input, or delete the output and its .progress to start again"
        )),
    }
}

/// Why it cannot go on.
enum Stop {
    Output(io::Error),
    Changed,
}

/// How many bytes the files have together; nothing where one is no file on a disk.
fn length(files: &[PathBuf]) -> Option<u64> {
    let length = |path: &PathBuf| fs::metadata(path).ok().filter(Metadata::is_file).map(|file| file.len());
    if files.is_empty() { None } else { files.iter().map(length).sum() }
}
