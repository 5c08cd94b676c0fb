//! What the network is trained on: one line of JSON an article, in the shape of the corpora, with offsets in Unicode code
//! points: who says what by which words, and the names. A quotation that goes on from a claim is a part of it there.

use serde::Serialize;

use super::Notebook;
use super::record::{Entity, Place, Said, label, place};
use crate::analysis::Analysis;
use crate::claim::Claim;
use crate::scheme::MentionForm;
use crate::span::{Span, Units};

#[derive(Serialize)]
struct Line<'a> {
    id: String,
    annotator: &'static str,
    text: &'a str,
    attributions: Vec<Attribution>,
    entities: Vec<Entity>,
}

#[derive(Serialize)]
struct Attribution {
    #[serde(flatten)]
    said: Said,
    /// Index of the claim that it is told in, on this line.
    #[serde(skip_serializing_if = "Option::is_none")]
    inside: Option<u32>,
}

pub(super) fn write(notebook: &Notebook) -> String {
    let units = Units::new(&notebook.text);
    let place = |span: Span| place(&units, span);
    let nothing = Vec::new();
    let (claims, names) = notebook
        .analysis
        .as_ref()
        .map_or((Vec::new(), &nothing), |analysis| (said(analysis, place), &analysis.mentions));
    let names = names.iter().filter(|mention| mention.form == MentionForm::Name);
    let mut entities: Vec<Entity> = Vec::new();
    for mention in names {
        let [start, end] = place(mention.span);
        // Of names within names the corpora have the outer one.
        if entities.last().is_none_or(|last| last.end <= start) {
            entities.push(Entity { start, end, label: label(mention.label).to_owned() });
        }
    }
    let line = Line { id: id(&notebook.text), annotator: "user", text: &notebook.text, attributions: claims, entities };
    serde_json::to_string(&line).expect("strings, numbers and lists always have a JSON text") + "\n"
}

fn said(analysis: &Analysis, place: impl Fn(Span) -> Place) -> Vec<Attribution> {
    let said = |claim: Claim| Attribution { said: Said::of(&claim, &place), inside: claim.inside };
    analysis.whole_claims().into_iter().map(said).collect()
}

/// A name for an article: its first words.
fn id(text: &str) -> String {
    let words: Vec<String> = text
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(8)
        .map(str::to_lowercase)
        .collect();
    if words.is_empty() { "article".to_owned() } else { words.join("-") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::analysis;

    #[test]
    fn a_line_has_the_shape_of_the_corpora() {
        let (text, analysis) =
            analysis("📈 {t “Rents will rise,”} {c said} {s {p Anna Berg}} of {i Grebe}.\n\n{t “So.”}");
        let notebook = Notebook { text, analysis: Some(analysis), corrections: Vec::new() };
        let line = write(&notebook);
        assert!(line.ends_with("}\n") && line.matches('\n').count() == 1, "{line}");
        let value: serde_json::Value = serde_json::from_str(&line).expect("JSON");
        assert_eq!(value["id"], "rents-will-rise-said-anna-berg-of-grebe");
        let points: Vec<char> = notebook.text.chars().collect();
        let words = |place: &serde_json::Value| {
            let at = |end: usize| place[end].as_u64().expect("a number") as usize;
            points[at(0)..at(1)].iter().collect::<String>()
        };
        let said = &value["attributions"][0];
        assert_eq!(
            [words(&said["source"][0]), words(&said["cue"][0]), words(&said["content"][0])],
            ["Anna Berg", "said", "“Rents will rise,”"]
        );
        assert_eq!(words(&said["content"][1]), "“So.”", "what goes on is a part of it");
        assert_eq!(value["attributions"].as_array().map(Vec::len), Some(1));
        let names: Vec<&str> =
            value["entities"].as_array().expect("names").iter().filter_map(|name| name["type"].as_str()).collect();
        assert_eq!(names, ["PER", "ORG"]);
    }
}
