//! `train OUT`: makes the model file that whosaid reads.
//!
//! Today it packs the lists of names of `src/lang/en/lists`; the network's weights will join them.

use std::path::Path;
use std::{env, fs, io};

use whosaid::model::{Lexicon, Section, pack};

fn main() -> io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let out = env::args_os().nth(1).map_or_else(|| root.join("src/lang/en/model.bin"), Into::into);
    let bytes = model(&root.join("src/lang/en/lists"))?;
    fs::write(&out, &bytes)
}

/// The model file that the lists in a folder give.
fn model(folder: &Path) -> io::Result<Vec<u8>> {
    let lexicon = Lexicon::build(&train::vocabulary::lists(folder)?);
    Ok(pack(vec![("lexicon".to_owned(), Section::Bytes(lexicon))]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_model_is_what_the_lists_give() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src/lang/en");
        let fresh = model(&root.join("lists")).expect("the lists");
        let committed = fs::read(root.join("model.bin")).expect("src/lang/en/model.bin");
        assert!(fresh == committed, "the lists changed: run `npm run train` and commit src/lang/en/model.bin");
    }
}
