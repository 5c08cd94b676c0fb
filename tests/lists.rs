//! The model file holds the lists of names as they stand in src/lang/en/lists.

#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use whosaid::lang::{Categories, LISTS};
use whosaid::lexis::Lexicon;
use whosaid::model::with_lists;

#[test]
fn the_model_file_is_as_new_as_the_lists() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lang/en");
    let mut entries: BTreeMap<String, Categories> = BTreeMap::new();
    for (name, categories) in LISTS {
        let list = fs::read_to_string(folder.join("lists").join(name).with_extension("txt")).expect("a list");
        for line in list.lines() {
            let entry = entries.entry(line.to_owned()).or_default();
            *entry = entry.with(categories);
        }
    }
    let model = fs::read(folder.join("model.bin")).expect("the model file");
    let packed = with_lists(&model, &Lexicon::build(&entries)).expect("a model file");
    assert!(packed == model, "the lists have changed: npm run train -- --lists-only");
}
