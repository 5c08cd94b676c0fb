//! `whosaid simulate`: a careful user corrects article after article, publisher by publisher; how many edits that takes.

mod user;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufReader, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use clap::Args;
use whosaid::learning::Learnt;
use whosaid::{Annotator, Options};

use crate::ModelArgs;
use crate::input::{Records, unreadable};
use crate::record::{Record, Said, id};
use crate::score::Tally;
use crate::score::attribution::matches;
use user::{Article, Edits};

/// The arguments of `simulate`.
#[derive(Args)]
pub(crate) struct Arguments {
    /// The folder that holds `attribution/polnear_dev.jsonl`
    #[arg(long, value_name = "FOLDER")]
    data: PathBuf,
    #[command(flatten)]
    model: ModelArgs,
}

/// With what the user is helped, from less to more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Help {
    /// Nothing: each correction does what it says.
    Nothing,
    /// A claim that is marked comes with who says it.
    AtOnce,
    /// And what an article taught helps with the next.
    Learning,
}

const HELPS: [(Help, &str); 3] = [
    (Help::Nothing, "nothing learnt"),
    (Help::AtOnce, "taught at once"),
    (Help::Learning, "and from article to article"),
];

/// Edits and how many claims they were for.
#[derive(Debug, Clone, Copy, Default)]
struct Effort {
    edits: Edits,
    claims: usize,
}

impl Effort {
    fn and(self, other: Self) -> Self {
        Self { edits: self.edits.and(other.edits), claims: self.claims + other.claims }
    }

    /// Of some edits, how many for 100 claims.
    fn per_hundred(self, count: usize) -> f64 {
        if self.claims == 0 { 0.0 } else { 100.0 * count as f64 / self.claims as f64 }
    }
}

/// What came of one publisher's articles.
struct Course {
    /// By help, the effort for each article in turn.
    efforts: [Vec<Effort>; 3],
    /// Linked claims of the corrected articles.
    corrected: Tally,
    learnt: Learnt,
}

/// Plays the user and prints the tables.
///
/// # Errors
/// When there is no model to read with, the articles cannot be read or the tables not be written.
pub(crate) fn run(arguments: &Arguments) -> Result<bool, String> {
    let annotator = arguments.model.annotator()?;
    let options = arguments.model.options();
    let publishers = articles(&arguments.data.join("attribution/polnear_dev.jsonl"))?;
    let courses = on_all_cores(&publishers, |(_, articles)| course(&annotator, &options, articles));
    let elsewhere = on_all_cores(&courses.iter().enumerate().collect::<Vec<_>>(), |(index, course)| {
        let others = publishers.iter().enumerate().filter(|(other, _)| other != index);
        let others: Vec<&Article> = others.flat_map(|(_, (_, articles))| articles).collect();
        let taught = annotator.taught(&course.learnt).expect("it was learnt with this model");
        [&annotator, &taught].map(|annotator| linked(annotator, &options, &others))
    });
    match print(&publishers, &courses, &elsewhere) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(format!("the tables cannot be written ({error})")),
        _ => Ok(true),
    }
}

/// The articles by publisher, each in the order of their names, which start with the date.
fn articles(path: &Path) -> Result<Vec<(String, Vec<Article>)>, String> {
    let name = path.display().to_string();
    let file = File::open(path).map_err(|error| unreadable(&name, &error))?;
    let mut publishers: BTreeMap<String, Vec<Article>> = BTreeMap::new();
    for article in Records::new(&name, "an annotated article (see attribution.py)", Box::new(BufReader::new(file))) {
        let article: Article = article?;
        let publisher = article.id.split('_').next().unwrap_or_default().to_owned();
        publishers.entry(publisher).or_default().push(article);
    }
    for articles in publishers.values_mut() {
        articles.sort_by(|one, other| one.id.cmp(&other.id));
    }
    Ok(publishers.into_iter().collect())
}

/// Does the same for each of some things, side by side; the answers come in their order.
fn on_all_cores<T: Sync, A: Send>(things: &[T], work: impl Fn(&T) -> A + Sync) -> Vec<A> {
    let next = AtomicUsize::new(0);
    let take = || {
        let mut done = Vec::new();
        while let Some((index, thing)) =
            Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|index| Some((index, things.get(index)?)))
        {
            done.push((index, work(thing)));
        }
        done
    };
    let mut answers: Vec<(usize, A)> = thread::scope(|scope| {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(take)).collect();
        workers.into_iter().flat_map(|worker| worker.join().expect("reading never panics")).collect()
    });
    answers.sort_by_key(|&(index, _)| index);
    answers.into_iter().map(|(_, answer)| answer).collect()
}

/// Corrects one publisher's articles, one after the other, with each sort of help.
fn course(annotator: &Annotator, options: &Options, articles: &[Article]) -> Course {
    let mut course = Course { efforts: Default::default(), corrected: Tally::default(), learnt: Learnt::default() };
    for article in articles {
        let claims = article.attributions.iter().filter(|said| !said.content.is_empty()).count();
        let shipped = annotator.annotate(&article.text, options);
        for help in [Help::Nothing, Help::AtOnce] {
            let corrected = user::correct(annotator, article, &shipped, help == Help::AtOnce);
            course.efforts[help as usize].push(Effort { edits: corrected.edits, claims });
        }
        let taught = annotator.taught(&course.learnt).expect("it was learnt with this model");
        let found = taught.annotate(&article.text, options);
        let corrected = user::correct(&taught, article, &found, true);
        course.efforts[Help::Learning as usize].push(Effort { edits: corrected.edits, claims });
        let learnt = annotator.learn(&course.learnt, &article.text, &corrected.log);
        course.learnt = learnt.expect("it was learnt with this model");
        count(article, &Record::new(id(""), &article.text, &corrected.revision.analysis), &mut course.corrected);
    }
    course
}

/// Counts claims that are linked as gold links them.
fn count(article: &Article, record: &Record, tally: &mut Tally) {
    let text: Vec<char> = article.text.chars().collect();
    let gold: Vec<&Said> = article.attributions.iter().collect();
    let found: Vec<&Said> = record.claims.iter().map(|claim| &claim.said).collect();
    let right = matches(&text, &gold, &found).iter().filter(|matched| matched.linked).count();
    tally.add(right, found.len(), gold.len());
}

/// The claims of some articles that are linked as gold links them.
fn linked(annotator: &Annotator, options: &Options, articles: &[&Article]) -> Tally {
    let mut tally = Tally::default();
    for article in articles {
        let analysis = annotator.annotate(&article.text, options);
        count(article, &Record::new(id(""), &article.text, &analysis), &mut tally);
    }
    tally
}

fn print(publishers: &[(String, Vec<Article>)], courses: &[Course], elsewhere: &[[Tally; 2]]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let sum = |help: Help, articles: std::ops::Range<usize>| {
        let efforts = courses
            .iter()
            .flat_map(|course| course.efforts[help as usize].iter().take(articles.end).skip(articles.start));
        efforts.fold(Effort::default(), |sum, effort| sum.and(*effort))
    };
    let longest = publishers.iter().map(|(_, articles)| articles.len()).max().unwrap_or_default();
    writeln!(out, "edits per 100 claims, all publishers, by the article's number in its publisher's row")?;
    writeln!(out, "{:<28}{:>8}{:>8}{:>8}{:>8}{:>8}{:>8}", "", "1", "1-3", "1-6", "6", "7-12", "all")?;
    for (help, name) in HELPS {
        write!(out, "{name:<28}")?;
        for range in [0..1, 0..3, 0..6, 5..6, 6..longest, 0..longest] {
            let effort = sum(help, range);
            write!(out, "{:>8.1}", effort.per_hundred(effort.edits.all()))?;
        }
        writeln!(out)?;
    }
    writeln!(out, "\nby sort of edit, all articles")?;
    writeln!(out, "{:<28}{:>8}{:>8}{:>8}{:>8}", "", "added", "rejected", "moved", "given")?;
    for (help, name) in HELPS {
        let effort = sum(help, 0..longest);
        let Edits { added, deleted, moved, attributed } = effort.edits;
        write!(out, "{name:<28}")?;
        for sort in [added, deleted, moved, attributed] {
            write!(out, "{:>8.1}", effort.per_hundred(sort))?;
        }
        writeln!(out)?;
    }
    writeln!(out, "\nlinked F1 on the other publishers' articles, before and after")?;
    for (((name, _), course), [before, after]) in publishers.iter().zip(courses).zip(elsewhere) {
        let [before, after, corrected] = [*before, *after, course.corrected].map(|tally| tally.percent()[2]);
        let size = course.learnt.delta.size();
        writeln!(
            out,
            "{name:<28}{before:>8.1}{after:>8.1}{:>+8.2}   (step {size:.2}; its own articles, corrected: {corrected:.1})",
            after - before
        )?;
    }
    Ok(())
}
