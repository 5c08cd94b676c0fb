//! `train`: makes the model file that whosaid reads, from the corpora and the lists of names.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "it reports while it works")]

mod arguments;
mod material;

use std::path::Path;
use std::process::{Command, ExitCode};
use std::sync::mpsc;
use std::time::Instant;
use std::{env, fs, thread};

use arguments::Arguments;
use clap::Parser;
use material::{Material, lists_folder};
use train::checkpoint::{Checkpoint, Keeper};
use train::corpus::{Corpus, Sample};
use train::deep::Deep;
use train::random::Random;
use train::training::{Plan, Progress};
use train::{calibrate, corpus, export, parameter, pronoun, training, vocabulary};
use whosaid::Annotator;
use whosaid::lexis::Lexicon;
use whosaid::model::{Model, with_lists};
use whosaid::speaker::{Choice, NAMES};

/// What tells the libraries of matrices that one thread is to compute: the other core is another network's.
const THREADS: &str = "RAYON_NUM_THREADS";

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    if env::var_os(THREADS).is_none() {
        return start_with_one_thread();
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
fn start_with_one_thread() -> ExitCode {
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
    if arguments.lists_only {
        return pack_lists(&arguments.out);
    }
    if arguments.pronouns {
        return pronouns(arguments);
    }
    let start = Instant::now();
    let material = Material::read(arguments)?;
    println!("{} texts, {} words: {:.0?}", material.samples.len(), material.words.is_seen.len(), start.elapsed());
    let deep = material.deep.as_ref();
    let mut random = Random::new(arguments.seed);
    let initial = parameter::initial(&material.vocabulary, &material.words, deep.map(Deep::width), &mut random);
    let numbers: usize = initial.iter().map(|parameter| parameter.values.len()).sum();
    println!("{numbers} parameters, {} epochs, seed {}", arguments.epochs, arguments.seed);
    let plan = Plan { epochs: arguments.epochs, seed: arguments.seed };
    let keeper = Keeper::new(&arguments.out, material.key(plan));
    let begun = keeper.load(&initial)?;
    let first = begun.as_ref().map_or(0, |begun| begun.epochs);
    if first > 0 {
        println!("it goes on after epoch {first}, where it was broken off");
    }
    let keep = |progress: &Progress, checkpoint: &Checkpoint| {
        report(progress, start);
        if let Err(error) = keeper.save(checkpoint) {
            println!("a training that is broken off now starts anew: {error}");
        }
    };
    let trained = thread::scope(|scope| {
        // The other core makes the lessons of the next epoch.
        let (send, lessons) = mpsc::sync_channel(1);
        let material = &material;
        scope.spawn(move || {
            let all = (first..plan.epochs).map(|epoch| material.lessons(plan.seed ^ ((epoch as u64 + 1) << 32)));
            // Nobody listens any more when the training failed.
            all.map(|lessons| send.send(lessons)).take_while(Result::is_ok).for_each(drop);
        });
        let next = |_| lessons.recv().expect("lessons for each epoch");
        training::train(plan, &material.words, &initial, begun.as_ref(), next, keep)
    })
    .map_err(|error| error.to_string())?;
    let development = corpus::development(&arguments.data).map_err(|error| error.to_string())?;
    let bytes = calibrated(&development, |confidence| {
        let pretrained = deep.map(|deep| &deep.pretrained);
        export::model(&material.lists, &material.strings, &material.words, pretrained, &trained, confidence)
    })?;
    fs::write(&arguments.out, &bytes).map_err(|error| format!("{}: {error}", arguments.out.display()))?;
    keeper.remove();
    println!("{}: {} bytes after {:.1} minutes", arguments.out.display(), bytes.len(), minutes(start));
    if arguments.no_scores { Ok(()) } else { scores(arguments) }
}

/// Puts the lists of names into a model file.
fn pack_lists(out: &Path) -> Result<(), String> {
    let lists = vocabulary::lists(&lists_folder()).map_err(|error| format!("the lists of names: {error}"))?;
    let of_file = |error: String| format!("{}: {error}", out.display());
    let old = fs::read(out).map_err(|error| of_file(error.to_string()))?;
    let new = with_lists(&old, &Lexicon::build(&lists)).map_err(|error| of_file(error.to_string()))?;
    fs::write(out, new).map_err(|error| of_file(error.to_string()))
}

/// Learns whom pronouns mean from the articles of `PolNeAR`, read with the model file as it is, and prints the weights.
fn pronouns(arguments: &Arguments) -> Result<(), String> {
    let of_file = |error: String| format!("{}: {error}", arguments.out.display());
    let model = fs::read(&arguments.out).map_err(|error| of_file(error.to_string()))?;
    let annotator = Annotator::new(&model).map_err(|error| of_file(error.to_string()))?;
    let samples = corpus::read(&arguments.data).map_err(|error| error.to_string())?;
    let articles = samples.iter().filter(|sample| sample.corpus == Corpus::Polnear);
    let choices: Vec<Choice> = articles.flat_map(|sample| annotator.choices(&sample.text)).collect();
    let (weights, likelihood) = pronoun::fit(&choices);
    println!("{} pronouns, {} tell, {likelihood:.4} each", choices.len(), pronoun::telling(&choices));
    for (name, weight) in NAMES.iter().zip(weights) {
        println!("{weight:6.2}  {name}");
    }
    Ok(())
}

/// The model with the coefficients of its confidences, fitted on articles that training did not see; prints whether they
/// mean what they say.
fn calibrated(articles: &[Sample], with: impl Fn(&[f32]) -> Vec<u8>) -> Result<Vec<u8>, String> {
    let mut bytes = with(&[]);
    // Which of two claims keeps the words that both want depends on the confidences: the second fit has the claims that
    // the first one's make.
    for _ in 0..2 {
        let model = Model::from_bytes(&bytes).map_err(|error| error.to_string())?;
        let trials: Vec<_> = articles.iter().map(|article| calibrate::trials(&model, article)).collect();
        let confidence = calibrate::fit(&trials.concat());
        println!("confidence {confidence:.3?}; each half of the articles by the other's:");
        for bin in calibrate::reliability(&trials) {
            println!("  {:5} claims: {:.2} sure, {:.2} right", bin.claims, bin.confidence, bin.right);
        }
        bytes = with(&confidence.map(|number| number as f32));
    }
    Ok(bytes)
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
    let evaluate = ["run", "--quiet", "--profile", "train", "--locked", "--bin", "whosaid", "--", "evaluate"];
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
