//! `whosaid convert`: annotated articles from one tool's files to another's.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use clap::Args;
use whosaid::export::foreign::{FOREIGN, Foreign, Layer, Lost, Read, Several};
use whosaid::export::record::Given;
use whosaid::export::{FORMATS, import};
use whosaid::{Analysis, Annotator, Notebook};

use crate::input::{self, Records, broken, open, unreadable};
use crate::record::SHAPE;
use crate::{ModelArgs, complain, name};

/// The arguments of `convert`.
#[derive(Args)]
pub(crate) struct Arguments {
    /// What the files are: json (whosaid's own), text or jsonl (read by the model first), brat, w3c, w3c-utf16, label-studio,
    /// doccano, prodigy
    #[arg(long, value_name = "FORMAT", value_parser = from)]
    from: Source,
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
enum Source {
    Own,
    Text,
    Lines,
    Foreign(Read, bool),
}

/// What comes out.
#[derive(Clone, Copy)]
enum Target {
    Own,
    Foreign(&'static Foreign),
}

fn from(name: &str) -> Result<Source, String> {
    match name {
        "json" => Ok(Source::Own),
        "text" => Ok(Source::Text),
        "jsonl" => Ok(Source::Lines),
        _ => {
            let readable = FOREIGN.iter().filter_map(|format| Some((format, format.read?)));
            let found = readable.clone().find(|(format, _)| format.name == name);
            found.map(|(format, read)| Source::Foreign(read, format.has_text_beside)).ok_or_else(|| {
                let names: Vec<&str> = readable.map(|(format, _)| format.name).collect();
                format!("choose one of json, text, jsonl, {}", names.join(", "))
            })
        }
    }
}

fn to(name: &str) -> Result<Target, String> {
    match FOREIGN.iter().find(|format| format.name == name) {
        Some(format) => Ok(Target::Foreign(format)),
        None if name == "json" => Ok(Target::Own),
        None => {
            let names: Vec<&str> = FOREIGN.iter().map(|format| format.name).collect();
            Err(format!("choose one of json, {}", names.join(", ")))
        }
    }
}

/// An article that was read.
enum Article {
    /// Whosaid's own, with all that it knows.
    Own(Box<Notebook>),
    /// Another tool's.
    Foreign(Layer),
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
    let count = articles.len();
    let mut files = Vec::new();
    let mut beside = None;
    for article in articles {
        files.push(match arguments.to {
            Target::Own => own(article),
            Target::Foreign(format) => {
                let (layer, mut lost) = match article {
                    Article::Foreign(layer) => (layer, Vec::new()),
                    Article::Own(notebook) => of_notebook(&notebook)?,
                };
                let written = (format.write)(&layer);
                lost.extend(written.lost);
                say(format.name, "cannot hold", &lost);
                if format.has_text_beside {
                    beside = Some(layer.text);
                }
                written.file
            }
        });
    }
    let several = match arguments.to {
        Target::Own => Several::Never,
        Target::Foreign(format) => format.several,
    };
    let out = match several.joined(&files) {
        None if count == 0 => return Ok(good),
        None => {
            return Err(format!(
                "there are {count} articles, and a file of this format holds one: convert one file after the other"
            ));
        }
        Some(out) => out,
    };
    let unwritable = |error: io::Error| format!("the output cannot be written ({error})");
    match (&arguments.output, beside) {
        (None, beside) => {
            if beside.is_some() {
                complain("the text stands in a file of its own there: --output FILE writes it beside FILE, as .txt");
            }
            match io::stdout().lock().write_all(out.as_bytes()) {
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
            fs::write(path, out).map_err(unwritable)?;
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
    if matches!(arguments.from, Source::Text | Source::Lines) && annotator.is_none() {
        *annotator = Some(arguments.model.annotator()?);
    }
    let options = arguments.model.options();
    let annotated = |text: String| {
        let annotator = annotator.as_ref().expect("it was made above");
        let analysis = annotator.annotate(&text, &options);
        Article::Own(Box::new(Notebook { text, analysis: Some(analysis), corrections: Vec::new() }))
    };
    Ok(match arguments.from {
        Source::Text => vec![whole(reader).map(|text| (annotated(text), Vec::new()))],
        Source::Lines => {
            let records = Records::<Given>::new(&name, SHAPE, reader);
            records.map(|given| given.map(|given| (annotated(given.text), Vec::new()))).collect()
        }
        Source::Own => {
            let read = |file: String| import(&file).map_err(|error| format!("{name}: {error}"));
            vec![whole(reader).and_then(read).map(|notebook| (Article::Own(Box::new(notebook)), Vec::new()))]
        }
        Source::Foreign(read, has_text_beside) => {
            let beside = arguments.text.clone().unwrap_or_else(|| path.with_extension("txt"));
            let text = has_text_beside.then(|| fs::read_to_string(beside).ok()).flatten();
            let found = whole(reader)
                .and_then(|file| read(&file, text.as_deref()).map_err(|complaint| format!("{name}: {complaint}")));
            match found {
                Err(complaint) => vec![Err(complaint)],
                Ok(all) => all.into_iter().map(|found| Ok((Article::Foreign(found.layer), found.lost))).collect(),
            }
        }
    })
}

/// Marks and links of a notebook.
fn of_notebook(notebook: &Notebook) -> Result<(Layer, Vec<Lost>), String> {
    let analysis: &Analysis = notebook
        .analysis
        .as_ref()
        .ok_or("this whosaid file holds corrections alone: export it again from the page, with what was found")?;
    let (layer, mut lost) = Layer::of(&notebook.text, analysis);
    if !notebook.corrections.is_empty() {
        lost.push(Lost { what: "corrections in the log".to_owned(), count: notebook.corrections.len() });
    }
    Ok((layer, lost))
}

/// Whosaid's own file.
fn own(article: Article) -> String {
    let notebook = match article {
        Article::Own(notebook) => *notebook,
        Article::Foreign(layer) => {
            let (analysis, lost) = layer.analysis();
            say("json", "cannot hold", &lost);
            Notebook { text: layer.text, analysis: Some(analysis), corrections: Vec::new() }
        }
    };
    let json = FORMATS.iter().find(|format| format.name == "json").expect("the own format");
    (json.write)(&notebook) + "\n"
}
