//! The command line: `whosaid annotate` reads articles, `whosaid evaluate` says how well.
//!
//! Exit status: 0 when all went well, 1 when some of the input could not be read (stderr says where and what to
//! mend; everything else was still done), 2 when it could not go on (wrong arguments, no model,
//! no room for the output).

mod annotate;
mod articles;
mod bar;
mod cells;
mod convert;
mod evaluate;
mod input;
mod languages;
mod ordered;
mod output;
mod record;
mod score;
mod simulate;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use whosaid::{Annotator, Options};

static MODEL: &[u8] = include_bytes!("../../lang/en/model.bin");

/// Reads news articles and says who said what.
#[derive(Parser)]
#[command(name = "whosaid", version, max_term_width = 100)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Annotate articles: one line of JSON an article, offsets in Unicode code points
    Annotate(annotate::Arguments),
    /// Convert annotated articles between whosaid and other tools; what a format cannot hold is listed on standard error
    Convert(convert::Arguments),
    /// Count the languages that articles are written in
    Languages(languages::Arguments),
    /// Score the annotations of the development sets against gold
    Evaluate(evaluate::Arguments),
    /// Play a careful user who corrects the development articles, and count the edits that it takes
    Simulate(simulate::Arguments),
}

/// Which model reads, and how sure its claims have to be.
#[derive(Args)]
struct ModelArgs {
    /// Leave out claims that are less sure than this, 0 to 1
    #[arg(long, value_name = "NUMBER", default_value_t = Options::default().min_confidence, value_parser = confidence)]
    min_confidence: f32,
    /// Read with this model file instead of the built-in one
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
}

impl ModelArgs {
    fn options(&self) -> Options {
        Options::default().min_confidence(self.min_confidence)
    }

    fn annotator(&self) -> Result<Annotator, String> {
        let Some(path) = &self.model else {
            return Annotator::new(MODEL).map_err(|error| format!("the built-in model: {error}"));
        };
        let bytes = fs::read(path).map_err(|error| input::unreadable(&path.display(), &error))?;
        Annotator::from_vec(bytes).map_err(|error| format!("{}: {error}", path.display()))
    }
}

fn confidence(argument: &str) -> Result<f32, String> {
    match argument.parse() {
        Ok(number) if (0.0..=1.0).contains(&number) => Ok(number),
        _ => Err("a number from 0 to 1 is needed".to_owned()),
    }
}

/// Tells the person at the terminal; where even that fails, there is nobody to tell.
fn complain(message: &str) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stderr(), "whosaid: {message}");
}

fn main() -> ExitCode {
    let done = match CommandLine::parse().command {
        Command::Annotate(arguments) => annotate::run(&arguments),
        Command::Convert(arguments) => convert::run(&arguments),
        Command::Languages(arguments) => languages::run(&arguments),
        Command::Evaluate(arguments) => evaluate::run(&arguments),
        Command::Simulate(arguments) => simulate::run(&arguments),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(message) => {
            complain(&message);
            ExitCode::from(2)
        }
    }
}

/// The name by which a path's article and its complaints go.
fn name(path: &Path) -> String {
    if path == Path::new("-") { "stdin".to_owned() } else { path.display().to_string() }
}
