//! The committed model and the lists of names.

use std::fs;
use std::path::Path;

use train::vocabulary::lists;
use whosaid::lexis::Lexicon;
use whosaid::model::Model;

#[test]
fn the_committed_model_holds_the_lists_as_they_are() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src/lang/en");
    let model = Model::from_bytes(&fs::read(folder.join("model.bin")).expect("the model")).expect("a whole model");
    let lists = lists(&folder.join("lists")).expect("the lists");
    let is_same = model.lexicon().as_bytes() == Lexicon::build(&lists);
    assert!(is_same, "the lists changed: `npm run train -- --lists-only` packs them into the model");
}
