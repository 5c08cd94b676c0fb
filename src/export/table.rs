//! Claims as a table, one row each: for spreadsheets, R and databases.

use serde_json::value::RawValue;

use crate::analysis::Analysis;
use crate::span::{Span, Units};
use crate::speaker::Fact;

/// The columns, in order. Places are in code points; texts are the article's own words.
///
/// | column | what |
/// |---|---|
/// | `id` | of the article |
/// | `row` | the article's line in the input, from 1 |
/// | `claim`, `inside` | the claim's index in the article, from 0; that of the claim that it is told in |
/// | `speaker` | the speaker's index in the article; empty with the five after it where nobody is resolved |
/// | `speaker_name`, `speaker_kind`, `sector`, `anonymous` | who that is |
/// | `roles`, `affiliations` | what it does and belongs to, joined by "; " |
/// | `source`, `cue`, `content` | the words; parts of what is said are joined by " … " |
/// | `form`, `kind`, `group` | as in the analysis |
/// | `confidence`, `speaker_confidence` | 0 to 1 |
/// | `paragraph` | index of the paragraph in which what is said starts, from 0 |
/// | `start`, `end` | from the first to the last that is said |
pub const COLUMNS: [&str; 22] = [
    "id",
    "row",
    "claim",
    "inside",
    "speaker",
    "speaker_name",
    "speaker_kind",
    "sector",
    "anonymous",
    "roles",
    "affiliations",
    "source",
    "cue",
    "content",
    "form",
    "kind",
    "group",
    "confidence",
    "speaker_confidence",
    "paragraph",
    "start",
    "end",
];

/// A row, its cells in the order of [`COLUMNS`].
pub type Row = [String; COLUMNS.len()];

/// The rows of an article that was read from this text, which stands in this line of the input.
pub fn rows(id: &RawValue, row: usize, text: &str, analysis: &Analysis) -> Vec<Row> {
    let units = Units::new(text);
    let words = |span: Option<Span>| span.map_or("", |span| units.slice(span)).to_owned();
    let list = |facts: &[Fact]| facts.iter().map(|fact| fact.text.as_str()).collect::<Vec<_>>().join("; ");
    let number = |number: Option<u32>| number.map_or(String::new(), |number| number.to_string());
    // A name as it is, not as JSON writes it.
    let id = serde_json::from_str::<String>(id.get()).unwrap_or_else(|_| id.get().to_owned());
    let whole = analysis.whole_claims();
    let cells = |(index, claim): (usize, &crate::claim::Claim)| {
        let speaker = analysis.speaker_of(claim);
        let extent = claim.extent();
        let points = units.code_points(extent);
        let paragraph = analysis.zones.partition_point(|zone| zone.span.end <= extent.start);
        let parts: Vec<&str> = claim.content.iter().map(|&part| units.slice(part)).collect();
        let cells: Row = [
            id.clone(),
            row.to_string(),
            index.to_string(),
            number(claim.inside),
            number(claim.speaker),
            speaker.map_or(String::new(), |speaker| speaker.name.clone()),
            speaker.map_or("", |speaker| speaker.kind.name()).to_owned(),
            speaker.and_then(|speaker| speaker.sector).map_or("", |sector| sector.name()).to_owned(),
            speaker.map_or(String::new(), |speaker| speaker.anonymous.to_string()),
            speaker.map_or(String::new(), |speaker| list(&speaker.roles)),
            speaker.map_or(String::new(), |speaker| list(&speaker.affiliations)),
            words(claim.source),
            words(claim.cue),
            parts.join(" … "),
            claim.form.name().to_owned(),
            claim.kind.name().to_owned(),
            claim.group.name().to_owned(),
            format!("{:.3}", claim.confidence),
            format!("{:.3}", claim.speaker_confidence),
            paragraph.to_string(),
            points.start.to_string(),
            points.end.to_string(),
        ];
        cells.map(shielded)
    };
    whole.iter().enumerate().map(cells).collect()
}

/// A cell that no spreadsheet takes for a formula: one that starts like one gets an apostrophe before it.
fn shielded(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::analysis;
    use crate::export::record::id;

    #[test]
    fn a_claim_is_a_row() {
        let (text, analysis) =
            analysis("{s {p Anna Berg}} {c said} {t it was, she thought, \"so\"}. {s She} {c said} {t =1+1 is two}.");
        let rows = rows(&id("a, b"), 7, &text, &analysis);
        let cell = |row: usize, column: &str| {
            rows[row][COLUMNS.iter().position(|name| *name == column).expect("a column")].as_str()
        };
        assert_eq!(rows.len(), analysis.claims.len());
        let names = ["id", "row", "claim", "speaker_name", "cue", "content"];
        assert_eq!(
            names.map(|name| cell(0, name)),
            ["a, b", "7", "0", "Anna Berg", "said", "it was, she thought, \"so\""]
        );
        assert_eq!(cell(1, "content"), "'=1+1 is two", "no formula");
    }
}
