//! `whosaid evaluate`: annotates the development sets and prints one table of scores.

use std::fs::File;
use std::io::{self, BufReader, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use clap::Args;
use whosaid::{Annotator, Options};

use crate::input::{Records, unreadable};
use crate::record::{Record, id};
use crate::score::{Gold, Section, attribution, entities, speakers};
use crate::{ModelArgs, complain};

/// The arguments of `evaluate`.
#[derive(Args)]
pub(crate) struct Arguments {
    /// The folder that holds the sets: attribution/, entities/, speakers/, kinds/
    #[arg(long, value_name = "FOLDER")]
    data: PathBuf,
    /// Count claims inside claims too, for gold that marks every level
    #[arg(long)]
    nested: bool,
    #[command(flatten)]
    model: ModelArgs,
}

/// Scores one file of gold.
type Scorer = fn(&Path, &Annotator, &Options, bool) -> Option<Scores>;

/// The sets, each with what scores it.
const SETS: [(&str, Scorer); 12] = [
    ("attribution/polnear_dev", scores::<attribution::Article>),
    ("entities/conll2003_dev", scores::<entities::Article>),
    ("entities/ewt_dev", scores::<entities::Article>),
    ("entities/politics_dev", scores::<entities::Article>),
    ("entities/polnear_dev", scores::<entities::Article>),
    ("speakers/polnear_dev", scores::<speakers::Article>),
    ("speakers/world_dev", scores::<speakers::Article>),
    ("speakers/world_test", scores::<speakers::Article>),
    ("kinds/dev", scores::<attribution::Article>),
    ("kinds/dev", scores::<speakers::Article>),
    ("kinds/test", scores::<attribution::Article>),
    ("kinds/test", scores::<speakers::Article>),
];

/// What came of one set.
struct Scores {
    articles: usize,
    sections: Vec<Section>,
    complaints: Vec<String>,
}

/// Scores all sets that are there; false when some line could not be read or there is no set at all.
///
/// # Errors
/// When there is no model to read with or the table cannot be written.
pub(crate) fn run(arguments: &Arguments) -> Result<bool, String> {
    let annotator = arguments.model.annotator()?;
    let options = arguments.model.options();
    let mut out = io::stdout().lock();
    let (mut found, mut good) = (0, true);
    for (name, scorer) in SETS {
        let path = arguments.data.join(name).with_extension("jsonl");
        let written = match scorer(&path, &annotator, &options, arguments.nested) {
            None => writeln!(out, "{name}: missing, skipped (no file {})", path.display()),
            Some(scores) => {
                found += 1;
                good &= scores.complaints.is_empty();
                scores.complaints.iter().for_each(|complaint| complain(complaint));
                writeln!(out, "{name}: {} articles", scores.articles)
                    .and_then(|()| scores.sections.iter().try_for_each(|section| write!(out, "{section}")))
            }
        };
        match written {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::BrokenPipe => return Ok(good),
            Err(error) => return Err(format!("the table cannot be written ({error})")),
        }
    }
    if found == 0 {
        complain(&format!("{}: holds none of the sets: give the folder of the data", arguments.data.display()));
    }
    Ok(good && found > 0)
}

/// Annotates the articles of a file of gold and scores them, claims inside claims too where they are `nested`; `None` where
/// there is no such file.
fn scores<G: Gold>(path: &Path, annotator: &Annotator, options: &Options, nested: bool) -> Option<Scores> {
    let name = path.display().to_string();
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return None,
        Err(error) => {
            return Some(Scores { articles: 0, sections: Vec::new(), complaints: vec![unreadable(&name, &error)] });
        }
    };
    let (mut gold, mut complaints) = (Vec::<G>::new(), Vec::new());
    for article in
        Records::new(&name, "an annotated article (see the script that scores it)", Box::new(BufReader::new(file)))
    {
        match article {
            Ok(article) => gold.push(article),
            Err(complaint) => complaints.push(complaint),
        }
    }
    let texts: Vec<&str> = gold.iter().map(Gold::text).collect();
    let mut records = annotate_all(&texts, annotator, options);
    if nested {
        // The scorers leave out what stands inside another claim.
        records.iter_mut().flat_map(|record| &mut record.claims).for_each(|claim| claim.inside = None);
    }
    let pairs: Vec<(G, Record)> = gold.into_iter().zip(records).collect();
    Some(Scores { articles: pairs.len(), sections: G::score(&pairs), complaints })
}

/// Annotates texts on all cores; the records come in the order of the texts.
fn annotate_all(texts: &[&str], annotator: &Annotator, options: &Options) -> Vec<Record> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(text) = texts.get(index) else { return done };
            done.push((index, Record::new(id(""), text, &annotator.annotate(text, options))));
        }
    };
    let mut records: Vec<(usize, Record)> = thread::scope(|scope| {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|worker| worker.join().expect("annotating never panics")).collect()
    });
    records.sort_by_key(|&(index, _)| index);
    records.into_iter().map(|(_, record)| record).collect()
}
