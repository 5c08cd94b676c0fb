//! Law: on the same annotations every score is that of the script, to the decimal that it prints.
//!
//! Needs python3 and the data beside the repository; says so and does nothing where they are not.

use std::fs;
use std::io::{BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::perturb::{self, Dice};
use super::{Gold, Row, attribution, entities, speakers};
use crate::input::Records;
use crate::record::{Record, id};

/// A folder beside the repository, where it is there together with python3.
fn shared(folder: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(folder);
    let python = Command::new("python3").arg("--version").stdout(Stdio::null()).status();
    (path.is_dir() && python.is_ok_and(|status| status.success())).then_some(path)
}

/// What a script prints of predictions, as rows.
fn script(script: &Path, gold: &Path, predictions: &str) -> Vec<Row> {
    let mut child = Command::new("python3")
        .args([script, gold, Path::new("/dev/stdin")])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("python3 was there a moment ago");
    let mut stdin = child.stdin.take().expect("it is piped");
    stdin.write_all(predictions.as_bytes()).expect("the script reads all");
    drop(stdin);
    let output = child.wait_with_output().expect("the script ends");
    assert!(output.status.success(), "{} refused the predictions", script.display());
    let text = String::from_utf8(output.stdout).expect("the script prints UTF-8");
    text.lines().filter_map(row).collect()
}

/// A line of the script's table; none for its headings.
fn row(line: &str) -> Option<Row> {
    let (rest, third) = line.trim_end().rsplit_once(' ')?;
    let (rest, second) = rest.trim_end().rsplit_once(' ')?;
    let (name, first) = rest.trim_end().rsplit_once(' ')?;
    let cells = [first, second, third].map(str::to_owned);
    cells.iter().all(|cell| cell.parse::<f64>().is_ok()).then(|| Row { name: name.trim().to_owned(), cells })
}

/// Sections of ours that no script prints.
const UNSCRIPTED: [&str; 2] = ["recall by cue", "claims by confidence"];

/// Compares both scores of gold made worse, for some seeds.
fn compare<G: Gold>(name: &str, set: &str, worsen: fn(&G, &mut Dice) -> Record) {
    let (Some(eval), Some(data)) = (shared("eval"), shared("data")) else {
        #[expect(clippy::print_stderr, reason = "a test that does nothing says so")]
        return eprintln!("skipped: needs python3, ../shared/eval and ../shared/data");
    };
    let path = data.join(set).with_extension("jsonl");
    let bytes = fs::read(&path).expect("the set is part of the data");
    let read = |bytes| Records::<serde_json::Value>::new(set, "an article", Box::new(BufReader::new(bytes)));
    for seed in 0..3 {
        let mut dice = Dice(seed);
        let mut predictions = String::new();
        let mut pairs: Vec<(G, Record)> = Vec::new();
        for article in read(&bytes[..]).map(|article| article.expect("a good line")) {
            let gold: G = serde_json::from_value(article.clone()).expect("an article of this set");
            let mut record = worsen(&gold, &mut dice);
            record.id = id(&article["id"]);
            predictions += &serde_json::to_string(&record).expect("plain data");
            predictions.push('\n');
            pairs.push((gold, record));
        }
        let sections = G::score(&pairs).into_iter().filter(|section| !UNSCRIPTED.contains(&section.title));
        let ours: Vec<Row> = sections.flat_map(|section| section.rows).collect();
        let theirs = script(&eval.join(name), &path, &predictions);
        assert_eq!(ours, theirs, "{set}, seed {seed}");
        // Numbers that are all 0 or 100 would say nothing.
        let telling = |row: &&Row| row.cells.iter().all(|cell| !["0.0", "100.0"].contains(&cell.as_str()));
        assert!(ours.iter().filter(telling).count() * 2 > ours.len(), "{set}, seed {seed}: {ours:?}");
    }
}

#[test]
fn attributions() {
    compare::<attribution::Article>("attribution.py", "attribution/polnear_dev", perturb::attributions);
}

#[test]
fn names() {
    for set in ["conll2003_dev", "ewt_dev", "politics_dev", "polnear_dev"] {
        compare::<entities::Article>("entities.py", &format!("entities/{set}"), perturb::entities);
    }
}

#[test]
fn speakers() {
    compare::<speakers::Article>("speakers.py", "speakers/polnear_dev", perturb::speakers);
}
