//! `train`: makes the model file that whosaid reads, from the corpora and the lists of names.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "it reports while it works")]

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;
use std::{env, fs};

use clap::Parser;
use train::example::Fit;
use train::noise::Noise;
use train::target::Lesson;
use train::training::{Plan, Progress};
use train::{corpus, example, export, parameter, training, vocabulary};
use whosaid::model::vocabulary::Counts;
use whosaid::model::{Lexicon, Vocabulary};

/// Makes the model file that whosaid reads: trains the network on the corpora
#[derive(Parser)]
#[command(name = "train", max_term_width = 100)]
struct Arguments {
    /// The folder of the corpora: attribution/, entities/, silver/
    #[arg(long, value_name = "FOLDER", default_value = "../shared/data")]
    data: PathBuf,
    /// Where the model file goes
    #[arg(long, value_name = "FILE", default_value = "src/lang/en/model.bin")]
    out: PathBuf,
    /// How often the corpora are read
    #[arg(long, value_name = "NUMBER", default_value_t = 8)]
    epochs: usize,
    /// What chance starts from
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    seed: u64,
    /// Read this corpus only, such as polnear; all of them where absent
    #[arg(long, value_name = "NAME")]
    only: Option<String>,
    /// Do not score the model on the development sets
    #[arg(long)]
    no_scores: bool,
}

/// What tells the libraries of matrices that one thread is to compute: the other core is another network's.
const THREADS: &str = "RAYON_NUM_THREADS";

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    if env::var_os(THREADS).is_none() {
        return again();
    }
    keep_memory();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("train: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Runs this program again with one thread for matrices, which a running program cannot safely decide for itself.
fn again() -> ExitCode {
    let own = env::current_exe()
        .and_then(|program| Command::new(program).args(env::args_os().skip(1)).env(THREADS, "1").status());
    match own {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("train: it cannot start itself ({error})");
            ExitCode::FAILURE
        }
    }
}

/// Tells the allocator to keep the memory of large matrices, which come and go with each step: giving it back to the system and
/// getting it again, zeroed, takes a third of the time.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[expect(unsafe_code, reason = "the only way to the allocator's settings; it is called before any other thread starts")]
fn keep_memory() {
    const MOST: libc::c_int = 1 << 30;
    // SAFETY: mallopt takes two numbers and changes nothing but the allocator's thresholds.
    unsafe {
        libc::mallopt(libc::M_MMAP_THRESHOLD, MOST);
        libc::mallopt(libc::M_TRIM_THRESHOLD, MOST);
    }
}

#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
fn keep_memory() {}

/// From corpora to a model file.
fn run(arguments: &Arguments) -> Result<(), String> {
    let start = Instant::now();
    let lists = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src/lang/en/lists");
    let lists = vocabulary::lists(&lists).map_err(|error| format!("the lists of names: {error}"))?;
    let mut samples = corpus::read(&arguments.data).map_err(|error| error.to_string())?;
    if let Some(only) = &arguments.only {
        samples.retain(|sample| format!("{:?}", sample.corpus).eq_ignore_ascii_case(only));
    }
    let mut counts = Counts::default();
    samples.iter().for_each(|sample| example::count(sample, &mut counts));
    let strings = counts.build();
    let vocabulary = Vocabulary::from_bytes(strings.clone()).map_err(|error| error.to_string())?;
    let lexicon = Lexicon::from_bytes(Lexicon::build(&lists)).map_err(|error| error.to_string())?;
    let mut fit = Fit::default();
    let segments = samples.iter().flat_map(|sample| example::segments(sample, &vocabulary, &lexicon, &mut fit));
    let lessons: Vec<Lesson> = segments.map(Lesson::from).collect();
    println!("{} texts, {} tokens, {} lessons: {:.0?}", samples.len(), fit.tokens, lessons.len(), start.elapsed());

    let initial = parameter::initial(&vocabulary, &mut Noise::new(arguments.seed));
    let numbers: usize = initial.iter().map(|parameter| parameter.values.len()).sum();
    println!("{numbers} parameters, {} epochs, seed {}", arguments.epochs, arguments.seed);
    let plan = Plan { epochs: arguments.epochs, seed: arguments.seed };
    let trained = training::train(plan, &initial, |_| lessons.clone(), |progress| report(progress, start))
        .map_err(|error| error.to_string())?;
    let bytes = export::model(&lists, &strings, &trained, &[]);
    fs::write(&arguments.out, &bytes).map_err(|error| format!("{}: {error}", arguments.out.display()))?;
    println!("{}: {} bytes after {:.1} minutes", arguments.out.display(), bytes.len(), minutes(start));
    if arguments.no_scores { Ok(()) } else { scores(arguments) }
}

fn minutes(start: Instant) -> f32 {
    start.elapsed().as_secs_f32() / 60.0
}

fn report(progress: &Progress, start: Instant) {
    let speed = progress.tokens as f32 / progress.took.as_secs_f32() / 1000.0;
    print!("epoch {}/{}  {speed:.1} k tokens/s  {:.1} min ", progress.epoch, progress.epochs, minutes(start));
    progress.losses.iter().for_each(|(name, loss)| print!("  {name} {loss:.3}"));
    println!();
}

/// Prints the scores of the model on the development sets, by the command line's own scorers.
fn scores(arguments: &Arguments) -> Result<(), String> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let evaluate = ["run", "--quiet", "--release", "--locked", "--bin", "whosaid", "--", "evaluate"];
    let status = Command::new(cargo)
        .args(evaluate)
        .arg("--data")
        .arg(&arguments.data)
        .arg("--model")
        .arg(&arguments.out)
        .status()
        .map_err(|error| format!("cargo cannot be started ({error})"))?;
    if status.success() { Ok(()) } else { Err("the model could not be scored".to_owned()) }
}
