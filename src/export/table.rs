//! Claims as a table, one row each: for spreadsheets, R and databases.

use serde_json::value::RawValue;

use super::record::Kept;
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

/// The first line of the table: [`COLUMNS`], and one more for each field that goes through.
pub fn head<'n>(kept: impl IntoIterator<Item = &'n str>) -> String {
    line(COLUMNS.into_iter().chain(kept).map(|name| shielded(name.to_owned())))
}

/// The rows of an article that was read from this text, which stands in this line of the input: a line for each claim,
/// after RFC 4180 (UTF-8, lines end with CR LF), without a head. The fields that go through stand in the last columns: a
/// string as it is, anything else as JSON, and nothing for `null` and for what is absent.
///
/// A cell that starts like a formula (`=`, `+`, `-`, `@`, also in full width, a tab or a carriage return) and is no number
/// gets an apostrophe before it, so that no spreadsheet computes it.
pub fn rows(id: &RawValue, row: usize, text: &str, analysis: &Analysis, kept: &[Kept]) -> String {
    let units = Units::new(text);
    let words = |span: Option<Span>| span.map_or("", |span| units.slice(span)).to_owned();
    let list = |facts: &[Fact]| facts.iter().map(|fact| fact.text.as_str()).collect::<Vec<_>>().join("; ");
    let number = |number: Option<u32>| number.map_or(String::new(), |number| number.to_string());
    let id = plain(id);
    let kept: Vec<String> = kept.iter().map(|kept| kept.value.as_deref().map_or(String::new(), plain)).collect();
    let whole = analysis.whole_claims();
    let cells = |(index, claim): (usize, &crate::claim::Claim)| {
        let speaker = analysis.speaker_of(claim);
        let extent = claim.extent();
        let points = units.code_points(extent);
        let paragraph = analysis.zones.partition_point(|zone| zone.span.end <= extent.start);
        let parts: Vec<&str> = claim.content.iter().map(|&part| units.slice(part)).collect();
        let cells: [String; COLUMNS.len()] = [
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
            thousandths(claim.confidence),
            thousandths(claim.speaker_confidence),
            paragraph.to_string(),
            points.start.to_string(),
            points.end.to_string(),
        ];
        line(cells.into_iter().chain(kept.iter().cloned()).map(shielded))
    };
    whole.iter().enumerate().map(cells).collect()
}

/// A string as it is, not as JSON writes it; nothing for `null`; anything else as JSON.
fn plain(value: &RawValue) -> String {
    match value.get() {
        "null" => String::new(),
        json => serde_json::from_str(json).unwrap_or_else(|_| json.to_owned()),
    }
}

/// A number from 0 to 1 with three places. What formats any number is some kB larger in WebAssembly.
fn thousandths(number: f32) -> String {
    // Exact: 24 bits times 10 bits.
    let whole = (f64::from(number.clamp(0.0, 1.0)) * 1000.0).round_ties_even() as i32;
    format!("{}.{:03}", whole / 1000, whole % 1000)
}

/// A cell that no spreadsheet takes for a formula.
fn shielded(cell: String) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']) && !is_number(&cell);
    if formula { format!("'{cell}") } else { cell }
}

/// Whether a cell is digits with a sign, perhaps a point and an exponent: no formula, whatever it starts with.
fn is_number(cell: &str) -> bool {
    let sign = |text: &str| text.strip_prefix(['+', '-']).unwrap_or(text).to_owned();
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let cell = sign(cell);
    let (number, exponent) = cell.split_once(['e', 'E']).unwrap_or((&cell, "0"));
    let (whole, part) = number.split_once('.').unwrap_or((number, "0"));
    digits(whole) && digits(part) && digits(&sign(exponent))
}

/// A line after RFC 4180.
fn line(cells: impl Iterator<Item = String>) -> String {
    let quoted = |cell: String| {
        if cell.contains([',', '"', '\r', '\n']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
    };
    cells.map(quoted).collect::<Vec<_>>().join(",") + "\r\n"
}

#[cfg(test)]
mod tests {
    use proptest::strategy::Strategy as _;

    use super::*;
    use crate::analysis::fixture::analysis;
    use crate::export::record::id;

    /// The cells of a line without quoted cells. The tests of the command line read tables with another reader.
    fn cells(line: &str) -> Vec<&str> {
        line.trim_end_matches("\r\n").split(',').collect()
    }

    #[test]
    fn a_claim_is_a_row() {
        let (text, analysis) =
            analysis("{s {p Anna Berg}} {c said} {t it was, she thought, \"so\"}. {s She} {c said} {t =1+1 is two}.");
        let rows = rows(&id("a"), 7, &text, &analysis, &[]);
        let lines: Vec<&str> = rows.split_inclusive("\r\n").collect();
        assert_eq!(lines.len(), analysis.claims.len());
        assert!(lines[0].starts_with("a,7,0,,0,Anna Berg,person,"), "{}", lines[0]);
        assert!(lines[0].contains(",Anna Berg,said,\"it was, she thought, \"\"so\"\"\","), "{}", lines[0]);
        assert!(lines[1].contains(",'=1+1 is two,"), "no formula: {}", lines[1]);
        assert_eq!((cells(&head([])), cells(lines[1]).len()), (COLUMNS.to_vec(), COLUMNS.len()));
    }

    #[test]
    fn fields_that_go_through_are_the_last_cells() {
        let (text, analysis) = analysis("{s {p Anna Berg}} {c said} {t it was so}.");
        let kept = |json: Option<&str>| Kept {
            name: "x".to_owned(),
            value: json.map(|json| RawValue::from_string(json.to_owned()).expect("JSON")),
        };
        let given = [Some("\"=A1\""), Some("-7"), Some("null"), None, Some("true"), Some("\"caf\\u00e9\"")];
        let row = rows(&id(&1), 1, &text, &analysis, &given.map(kept));
        assert_eq!(cells(&row)[COLUMNS.len()..], ["'=A1", "-7", "", "", "true", "café"]);
        assert!(head(["a", "@b"]).ends_with(",end,a,'@b\r\n"));
    }

    proptest::proptest! {
        #[test]
        fn thousandths_are_what_a_format_gives(number in proptest::prop_oneof![0.0..=1.0_f32, (0..=64_u8).prop_map(|part| f32::from(part) / 64.0)]) {
            proptest::prop_assert_eq!(thousandths(number), format!("{number:.3}"));
        }
    }

    #[test]
    fn formulas_are_shielded_and_numbers_are_not() {
        for formula in
            ["=1", "+1+1", "-", "-a", "@x", "\tx", "\rx", "＝1", "＠x", "-1.", "-.5", "+1e", "-1,5", "+49 30"]
        {
            assert_eq!(shielded(formula.to_owned()), format!("'{formula}"));
        }
        for harmless in ["", "a=1", "1", "-1", "+1", "-1.5", "-1.5e-7", "+1E9", "–1", "'=1"] {
            assert_eq!(shielded(harmless.to_owned()), harmless);
        }
    }
}
