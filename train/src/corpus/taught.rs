//! Articles that nobody annotated, with what a larger network says of them.
//!
//! Two sorts of files, both compressed or not: the articles, a line each, and the labels, a line an article, which name the
//! article by its line (`../shared/data/teacher/README.md` has the format, scripts/label.sh makes more of them).

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::ops::Range;
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;
use serde::Deserialize;
use whosaid::lang::ENGLISH;
use whosaid::lexis::Words;
use whosaid::model::Model;
use whosaid::text::Article;

use super::attribution::Roles;
use super::line::{Offsets, records};
use super::{Attribution, Corpus, CorpusError, Entity, Label, Sample, Taught, TaughtClaim};

/// How likely an attribution has to be, in percent, to be written among those that augmentation changes.
const LIKELY: u8 = 50;
/// A text longer than this, in bytes, in which nobody says anything is of a sort that the larger network may not know.
const SILENT: usize = 1_500;

/// The labels of a model's tags of names, in their order.
const LABELS: [Label; 4] = [Label::Person, Label::Organisation, Label::Place, Label::Miscellaneous];

/// A line of labels; places in code points.
#[derive(Deserialize)]
struct Record {
    line: usize,
    attributions: Vec<Told>,
    anchors: Vec<(usize, usize, u8)>,
    claims: Vec<Claim>,
}

#[derive(Deserialize)]
struct Told {
    p: u8,
    #[serde(flatten)]
    roles: Roles,
}

#[derive(Deserialize)]
struct Claim {
    p: u8,
    anchor: [usize; 2],
    #[serde(flatten)]
    roles: Roles,
}

/// A line of the articles.
#[derive(Deserialize)]
struct News {
    source: String,
    publisher: Option<String>,
    text: String,
}

/// Reads the articles of `news` that the files `*.jsonl` and `*.jsonl.gz` in the folders have labels for, in the order of
/// the articles. A folder that is not there has none. The first label of an article counts.
///
/// # Errors
/// When a file cannot be read or a line of it is not as it should be.
pub fn taught(news: &Path, folders: &[PathBuf]) -> Result<Vec<Sample>, CorpusError> {
    let mut labels: BTreeMap<usize, Record> = BTreeMap::new();
    for path in files(folders)? {
        for record in records(&path, open(&path)?, |record: Record| Ok(record))? {
            labels.entry(record.line).or_insert(record);
        }
    }
    if labels.is_empty() {
        return Ok(Vec::new());
    }
    let mut line = 0;
    let articles = records(news, open(news)?, |article: News| {
        line += 1;
        labels.get(&(line - 1)).map(|record| sample(article, record)).transpose()
    })?;
    let is_silent = |sample: &Sample| sample.attributions.as_ref().is_none_or(Vec::is_empty);
    Ok(articles.into_iter().flatten().filter(|sample| !is_silent(sample) || sample.text.len() <= SILENT).collect())
}

/// The texts of all articles of `news`, whether somebody has labels for them or not.
///
/// # Errors
/// When the file cannot be read or a line of it is not as it should be.
pub fn texts(news: &Path) -> Result<Vec<String>, CorpusError> {
    records(news, open(news)?, |article: News| Ok(article.text))
}

/// The files of labels in some folders, by name.
fn files(folders: &[PathBuf]) -> Result<Vec<PathBuf>, CorpusError> {
    let mut files = Vec::new();
    for folder in folders.iter().filter(|folder| folder.is_dir()) {
        let entries = fs::read_dir(folder).map_err(|error| CorpusError::file(folder, &error))?;
        let paths = entries.filter_map(Result::ok).map(|entry| entry.path());
        files.extend(paths.filter(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            name.ends_with(".jsonl") || name.ends_with(".jsonl.gz")
        }));
    }
    files.sort();
    Ok(files)
}

fn open(path: &Path) -> Result<Box<dyn BufRead>, CorpusError> {
    let file = File::open(path).map_err(|error| CorpusError::file(path, &error))?;
    let is_compressed = path.extension().is_some_and(|extension| extension == "gz");
    Ok(if is_compressed { Box::new(BufReader::new(MultiGzDecoder::new(file))) } else { Box::new(BufReader::new(file)) })
}

fn sample(article: News, record: &Record) -> Result<Sample, String> {
    let offsets = Offsets::new(&article.text);
    let is_whole = |parts: &Attribution| !parts.cue.is_empty() && !parts.content.is_empty();
    let mut attributions = Vec::new();
    for told in record.attributions.iter().filter(|told| told.p >= LIKELY) {
        attributions.push(told.roles.attribution(&offsets)?);
    }
    attributions.retain(is_whole);
    attributions.sort_by_key(|parts: &Attribution| parts.cue[0].start);
    let anchors = record.anchors.iter().map(|&(start, end, percent)| Ok((offsets.bytes(start, end)?, percent)));
    let anchors: Vec<(Range<usize>, u8)> = anchors.collect::<Result<_, String>>()?;
    let mut claims = Vec::new();
    for claim in &record.claims {
        let [start, end] = claim.anchor;
        let (anchor, parts) = (offsets.bytes(start, end)?, claim.roles.attribution(&offsets)?);
        claims.push(TaughtClaim { anchor, percent: claim.p, parts });
    }
    claims.retain(|claim| is_whole(&claim.parts));
    let publisher = article.publisher.filter(|publisher| !publisher.is_empty()).unwrap_or(article.source);
    Ok(Sample {
        attributions: Some(attributions),
        taught: Some(Taught { publisher, anchors, claims }),
        ..Sample::plain(Corpus::Taught, &article.text)
    })
}

/// The sample with the names that a model finds in it as guesses: augmentation may exchange them.
#[must_use]
pub fn named(mut sample: Sample, model: &Model) -> Sample {
    let article = Article::new(&sample.text, &ENGLISH);
    let mut names: Vec<Entity> = Vec::new();
    for (token, probabilities) in article.tokens.iter().zip(model.name_probabilities(&Words::new(&article))) {
        let likeliest = (0..probabilities.len()).max_by(|a, b| probabilities[*a].total_cmp(&probabilities[*b]));
        let tag = likeliest.unwrap_or(0);
        let label = LABELS[tag.saturating_sub(1) / 2];
        match names.last_mut() {
            _ if tag == 0 => {}
            Some(name) if tag % 2 == 0 && name.label == label => name.bytes.end = token.bytes.1,
            _ => names.push(Entity { bytes: token.bytes.0..token.bytes.1, label }),
        }
    }
    sample.guesses = names;
    sample
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_become_places_in_bytes() {
        let article = News { source: "collection".into(), publisher: None, text: "“No,” she said.".into() };
        let line = r#"{"line": 7, "source": "x",
            "attributions": [{"p": 60, "source": [[6, 9]], "cue": [[10, 14]], "content": [[0, 5]]},
                {"p": 49, "source": [], "cue": [[6, 9]], "content": [[10, 14]]}],
            "anchors": [[10, 14, 60], [6, 9, 4]],
            "claims": [{"p": 60, "anchor": [10, 14], "source": [[6, 9]], "cue": [[10, 14]], "content": [[0, 5]], "roles": []},
                {"p": 20, "anchor": [6, 9], "source": [], "cue": [[6, 9]], "content": [], "roles": []}]}"#;
        let record = serde_json::from_str(line).expect("a record");
        let sample = sample(article, &record).expect("a sample");
        let [attribution] = sample.attributions.as_deref().expect("attributions") else { panic!("one is likely") };
        assert_eq!(&sample.text[attribution.content[0].clone()], "“No,”");
        let taught = sample.taught.expect("labels");
        assert_eq!(taught.publisher, "collection");
        let anchors: Vec<_> = taught.anchors.iter().map(|(at, percent)| (&sample.text[at.clone()], *percent)).collect();
        assert_eq!(anchors, [("said", 60), ("she", 4)]);
        let [claim] = &taught.claims[..] else { panic!("one has content") };
        assert_eq!((&sample.text[claim.anchor.clone()], claim.percent), ("said", 60));
        assert_eq!(&sample.text[claim.parts.source[0].clone()], "she");
    }

    #[test]
    fn names_are_guessed() {
        use Label::{Organisation, Person, Place};
        let model = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../src/lang/en/model.bin"));
        let model = Model::from_bytes(model).expect("the model of this repository");
        let text = "Anna Berg, the mayor, told the United Nations in Geneva that John Smith had left.";
        let sample = named(Sample::plain(Corpus::Taught, text), &model);
        let names: Vec<(&str, Label)> =
            sample.guesses.iter().map(|name| (&text[name.bytes.clone()], name.label)).collect();
        let expected =
            [("Anna Berg", Person), ("United Nations", Organisation), ("Geneva", Place), ("John Smith", Person)];
        assert_eq!(names, expected);
        assert_eq!(sample.entities, None, "nobody marked them");
    }

    #[test]
    fn a_label_finds_its_article_and_the_first_one_counts() {
        let folder = std::env::temp_dir().join(format!("whosaid-taught-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        let news = folder.join("news.txt");
        let article = |text: &str, publisher: &str| {
            format!("{}\n", serde_json::json!({"source": "s", "publisher": publisher, "text": text}))
        };
        let long = "Nothing. ".repeat(300);
        fs::write(&news, [article("One.", "a"), article(&long, "b"), article("Berg said no.", "c")].concat())
            .expect("written");
        let label = |line: usize, p: u8| {
            let claim = serde_json::json!({"p": p, "anchor": [5, 9], "source": [[0, 4]], "cue": [[5, 9]], "content": [[10, 12]]});
            let all = if line == 2 { vec![claim] } else { Vec::new() };
            format!("{}\n", serde_json::json!({"line": line, "attributions": all, "anchors": [], "claims": all}))
        };
        fs::write(folder.join("1.jsonl"), [label(2, 80), label(1, 0)].concat()).expect("written");
        fs::write(folder.join("2.jsonl"), [label(2, 90), label(0, 0)].concat()).expect("written");
        let samples = taught(&news, &[folder.join("absent"), folder.clone()]).expect("samples");
        fs::remove_dir_all(&folder).expect("removed");
        let texts: Vec<&str> = samples.iter().map(|sample| sample.text.as_str()).collect();
        assert_eq!(texts, ["One.", "Berg said no."], "a long text in which nobody speaks is left out");
        let claims = &samples[1].taught.as_ref().expect("labels").claims;
        assert_eq!(claims.iter().map(|claim| claim.percent).collect::<Vec<_>>(), [80]);
    }
}
