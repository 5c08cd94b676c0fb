//! `whosaid convert`: annotated articles from one tool's files to another's.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use clap::Args;
use whosaid::export::convert::{Article, OWN, Source, Target};
use whosaid::export::foreign::Lost;
use whosaid::export::record::Given;
use whosaid::{Annotator, Notebook};

use crate::input::{self, Records, broken, open, unreadable};
use crate::record::SHAPE;
use crate::{ModelArgs, complain, name};

/// The arguments of `convert`.
#[derive(Args)]
pub(crate) struct Arguments {
    /// What the files are: json (whosaid's own), text or jsonl (read by the model first), brat, w3c, w3c-utf16, label-studio,
    /// doccano, prodigy
    #[arg(long, value_name = "FORMAT", value_parser = from)]
    from: From,
    /// What comes out: one of these but text and jsonl, or uima, iob2, tei, schema-org, markdown, html
    #[arg(long, value_name = "FORMAT", value_parser = to)]
    to: Target,
    /// The file with the text, where a format keeps it apart and it does not stand beside the file as .txt
    #[arg(long, value_name = "FILE")]
    text: Option<PathBuf>,
    /// Write to this file instead of standard output; for brat and w3c the text goes beside it, as .txt
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    model: ModelArgs,
    /// The files; "-" or none: standard input
    files: Vec<PathBuf>,
}

/// What a file is.
#[derive(Clone, Copy)]
enum From {
    Text,
    Lines,
    Annotated(Source),
}

fn from(name: &str) -> Result<From, String> {
    match name {
        "text" => Ok(From::Text),
        "jsonl" => Ok(From::Lines),
        _ => Source::named(name).map(From::Annotated).map_err(|_| {
            let names: Vec<&str> = Source::all().map(|source| source.name()).filter(|&name| name != OWN).collect();
            format!("choose one of {OWN}, text, jsonl, {}", names.join(", "))
        }),
    }
}

fn to(name: &str) -> Result<Target, String> {
    Target::named(name)
}

/// Converts all files; false when some of it could not be read.
///
/// # Errors
/// When the output cannot be written, or cannot hold so many articles.
pub(crate) fn run(arguments: &Arguments) -> Result<bool, String> {
    let stdin = [PathBuf::from("-")];
    let files = if arguments.files.is_empty() { &stdin[..] } else { &arguments.files };
    let mut good = true;
    let mut annotator = None;
    let mut articles = Vec::new();
    for path in files {
        for given in read(arguments, path, &mut annotator)? {
            match given {
                Ok((article, lost)) => {
                    say(&name(path), "not understood", &lost);
                    articles.push(article);
                }
                Err(complaint) => {
                    complain(&complaint);
                    good = false;
                }
            }
        }
    }
    let Some(out) = arguments.to.write(articles)? else { return Ok(good) };
    say(arguments.to.name(), "cannot hold", &out.lost);
    let unwritable = |error: io::Error| format!("the output cannot be written ({error})");
    match (&arguments.output, out.text) {
        (None, beside) => {
            if beside.is_some() {
                complain("the text stands in a file of its own there: --output FILE writes it beside FILE, as .txt");
            }
            match io::stdout().lock().write_all(out.file.as_bytes()) {
                Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(unwritable(error)),
                _ => Ok(good),
            }
        }
        (Some(path), beside) => {
            if let Some(text) = beside {
                let place = path.with_extension("txt");
                if fs::read(&place).is_ok_and(|there| there != text.as_bytes()) {
                    return Err(format!("{}: another text is there already: give another --output", place.display()));
                }
                fs::write(place, text).map_err(unwritable)?;
            }
            fs::write(path, out.file).map_err(unwritable)?;
            Ok(good)
        }
    }
}

/// Lists on standard error what is lost.
fn say(place: &str, what: &str, lost: &[Lost]) {
    for lost in lost {
        complain(&format!("{place}: {what}: {lost}"));
    }
}

/// An article, and what of its file was not understood; or why there is none.
type Converted = Result<(Article, Vec<Lost>), String>;

/// The articles of a file. The annotator is made when it is first needed.
fn read(arguments: &Arguments, path: &Path, annotator: &mut Option<Annotator>) -> Result<Vec<Converted>, String> {
    let name = name(path);
    let reader = match open(path) {
        Ok(reader) => reader,
        Err(error) => return Ok(vec![Err(unreadable(&name, &error))]),
    };
    let whole = |mut reader: Box<dyn io::BufRead>| {
        let mut bytes = Vec::new();
        reader.read_to_end(&mut bytes).map_err(|error| broken(&name, 0, &error))?;
        input::text(&name, bytes)
    };
    if matches!(arguments.from, From::Text | From::Lines) && annotator.is_none() {
        *annotator = Some(arguments.model.annotator()?);
    }
    let options = arguments.model.options();
    let annotated = |text: String| {
        let annotator = annotator.as_ref().expect("it was made above");
        let analysis = annotator.annotate(&text, &options);
        Article::Own(Box::new(Notebook { text, analysis: Some(analysis), corrections: Vec::new() }))
    };
    Ok(match arguments.from {
        From::Text => vec![whole(reader).map(|text| (annotated(text), Vec::new()))],
        From::Lines => {
            let records = Records::<Given>::new(&name, SHAPE, reader);
            records.map(|given| given.map(|given| (annotated(given.text), Vec::new()))).collect()
        }
        From::Annotated(source) => {
            let beside = arguments.text.clone().unwrap_or_else(|| path.with_extension("txt"));
            let text = source.has_text_beside().then(|| fs::read_to_string(beside).ok()).flatten();
            let found = whole(reader).and_then(|file| {
                source.read(&file, text.as_deref()).map_err(|complaint| format!("{name}: {complaint}"))
            });
            match found {
                Err(complaint) => vec![Err(complaint)],
                Ok(all) => all.into_iter().map(Ok).collect(),
            }
        }
    })
}
