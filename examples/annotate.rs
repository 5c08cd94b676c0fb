//! Reads an article from standard input and prints who says what: `cargo run --example annotate < article.txt`.

use std::io::{self, Read as _, Write as _};

use whosaid::{Annotator, Options, Units};

fn main() -> io::Result<()> {
    let mut text = String::new();
    io::stdin().read_to_string(&mut text)?;
    let analysis = Annotator::english().annotate(&text, &Options::default());
    // Places are in UTF-16 code units; `Units` gives the words.
    let units = Units::new(&text);
    let mut out = io::stdout().lock();
    for claim in &analysis.claims {
        let speaker = analysis.speaker_of(claim).map_or("somebody", |speaker| &speaker.name);
        let content: Vec<&str> = claim.content.iter().map(|&part| units.slice(part)).collect();
        writeln!(out, "{speaker}: {} ({:.0} % sure)", content.join(" … "), 100.0 * claim.confidence)?;
    }
    Ok(())
}
