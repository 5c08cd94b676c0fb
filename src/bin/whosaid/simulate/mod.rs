//! `whosaid simulate`: a careful reader corrects article after article, publisher by publisher; how many edits that takes.

mod reader;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufReader, Write as _};
use std::path::PathBuf;

use clap::Args;
use whosaid::{Annotator, Options};

use crate::input::{Records, unreadable};
use crate::record::{Record, Said};
use crate::score::attribution::matches;
use crate::{Reader, complain};
use reader::{Article, Edits};

/// What `simulate` is told.
#[derive(Args)]
pub(crate) struct Arguments {
    /// The folder that holds attribution/polnear_dev.jsonl
    #[arg(long, value_name = "FOLDER")]
    data: PathBuf,
    #[command(flatten)]
    reader: Reader,
}

pub(crate) fn run(arguments: &Arguments) -> Result<bool, String> {
    let annotator = arguments.reader.annotator()?;
    let options = arguments.reader.options();
    let path = arguments.data.join("attribution/polnear_dev.jsonl");
    let name = path.display().to_string();
    let file = File::open(&path).map_err(|error| unreadable(&name, &error))?;
    let mut publishers: BTreeMap<String, Vec<Article>> = BTreeMap::new();
    for article in Records::new(&name, "an annotated article", Box::new(BufReader::new(file))) {
        let article: Article = article?;
        let publisher = article.id.split('_').next().unwrap_or_default().to_owned();
        publishers.entry(publisher).or_default().push(article);
    }
    for is_proposed in [false, true] {
        let mut all = Edits::default();
        let (mut claims, mut right, mut left) = (0, 0, 0);
        for article in publishers.values().flatten() {
            let analysis = annotator.annotate(&article.text, &options);
            let corrected = reader::correct(&annotator, article, &analysis, is_proposed);
            all = all.and(corrected.edits);
            claims += article.attributions.len();
            let text: Vec<char> = article.text.chars().collect();
            let record = Record::new(String::new(), &article.text, &corrected.revision.analysis);
            let gold: Vec<&Said> = article.attributions.iter().collect();
            let found: Vec<&Said> = record.attributions.iter().map(|claim| &claim.said).collect();
            let m = matches(&text, &gold, &found);
            right += m.iter().filter(|m| m.linked).count();
            left += found.len();
        }
        let per = |count: usize| 100.0 * count as f64 / claims as f64;
        println!(
            "{is_proposed} {:.1} added {:.1} deleted {:.1} moved {:.1} attributed {:.1}; right {:.1} found {:.1}",
            per(all.all()),
            per(all.added),
            per(all.deleted),
            per(all.moved),
            per(all.attributed),
            per(right),
            per(left)
        );
    }
    Ok(true)
}
