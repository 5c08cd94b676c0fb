//! Corrects who makes a claim, and takes the correction back: `cargo run --example correct`.

use std::io::{self, Write as _};

use whosaid::correction::{Correction, Edit, Target};
use whosaid::{Annotator, Options};

fn main() -> io::Result<()> {
    let annotator = Annotator::english();
    let text = "The bridge is safe, said Sioned Pugh. She denied that it would close.";
    let analysis = annotator.annotate(text, &Options::default());
    let said = analysis.claims[0].extent();
    let correction = |lamport: u32, edit| Correction {
        id: format!("me:{lamport}"),
        actor: "me".to_owned(),
        lamport,
        time: "2026-01-01T00:00:00Z".to_owned(),
        edit,
    };
    // A correction names its place by position and words, so that it is found again where the text has moved.
    let exact = "The bridge is safe".to_owned();
    let target = Target { start: said.start, end: said.end, exact, ..Target::default() };
    let attribute = correction(1, Edit::Attribute { target, speaker: Some("Tom Lind".to_owned()) });
    let undo = correction(2, Edit::Undo { correction: attribute.id.clone() });

    let mut out = io::stdout().lock();
    for log in [&[attribute.clone()][..], &[attribute, undo]] {
        let revision = annotator.correct(text, &analysis, log);
        let speaker = revision.analysis.speaker_of(&revision.analysis.claims[0]);
        writeln!(out, "corrections {}: {}", log.len(), speaker.map_or("nobody", |speaker| &speaker.name))?;
    }
    Ok(())
}
