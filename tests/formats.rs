//! Files that older versions wrote are read as they were meant.

#![cfg(not(target_arch = "wasm32"))]

use whosaid::Notebook;
use whosaid::export::{FORMATS, import};
use whosaid::scheme::Origin;

fn written(notebook: &Notebook) -> String {
    let json = FORMATS.iter().find(|format| format.name == "json").expect("the own format");
    (json.write)(notebook)
}

/// What stands in a file behind "corrections", white space left out.
fn corrections(file: &str) -> String {
    let (_, log) = file.split_once("\"corrections\"").expect("a log");
    log.split_whitespace().collect()
}

#[test]
fn a_file_of_version_1_holds_its_claims_and_what_the_user_said() {
    let file = include_str!("formats/version-1.whosaid.json");
    assert!(file.contains("\"attributions\"") && file.contains("\"reader\""), "it has the old names");
    let notebook = import(file).expect("a whole file");
    let analysis = notebook.analysis.as_ref().expect("an analysis");
    let origins: Vec<Origin> = analysis.claims.iter().map(|claim| claim.origin).collect();
    assert_eq!(origins, [Origin::Model, Origin::Model, Origin::User]);
    assert!(analysis.mentions.iter().any(|mention| mention.origin == Origin::User));
    let now = written(&notebook);
    assert!(now.contains("\"version\": 2") && now.contains("\"claims\": ["), "{now}");
    assert!(!now.contains("attributions") && !now.contains("\"reader\""), "{now}");
    // Names inside corrections never change.
    assert_eq!(corrections(&now), corrections(file));
    assert_eq!(import(&now), Ok(notebook));
}
