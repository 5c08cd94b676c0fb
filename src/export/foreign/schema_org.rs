//! schema.org as JSON-LD (<https://schema.org>): the `NewsArticle`, a `Quotation` for each claim in the source's words, a `Claim`
//! for each other one, those who make them, and for each claim a `ClaimReview` without a rating, which is a person's. A claim
//! inside another one is `isPartOf` that one. It has no places.

use serde_json::{Value, json};

use super::layer::{CLAIM, Layer, Points, Written, lost};
use crate::order::sort;

pub(super) fn write(layer: &Layer) -> Written {
    let told = layer.told();
    let points = Points::new(&layer.text);
    let mut speakers: Vec<usize> = told.iter().filter_map(|claim| claim.speaker).collect();
    sort(&mut speakers);
    speakers.dedup();
    let mut graph = vec![json!({"@id": "#article", "@type": "NewsArticle", "articleBody": layer.text})];
    for &first in &speakers {
        let institution = match layer.note(first, "speaker") {
            "" => layer.note(first, "label") == "institution",
            kind => kind == "institution",
        };
        let mut one = json!({"@id": format!("#speaker-{first}"), "name": layer.name(&points, first)});
        one["@type"] = if institution { "Organization" } else { "Person" }.into();
        let facts = if institution { &[][..] } else { &[("roles", "jobTitle"), ("affiliations", "affiliation")][..] };
        for &(note, property) in facts.iter().filter(|(note, _)| !layer.note(first, note).is_empty()) {
            let all = layer.note(first, note).split("; ");
            let value = |text: &str| {
                if property == "affiliation" { json!({"@type": "Organization", "name": text}) } else { text.into() }
            };
            one[property] = all.map(value).collect();
        }
        graph.push(one);
    }
    for claim in &told {
        let is_quoted = layer.note(claim.mark, "form") == "direct";
        let id = format!("#claim-{}", claim.mark);
        let said = layer.said(&points, claim.mark);
        let outer = claim.inside.map_or_else(|| "#article".to_owned(), |outer| format!("#claim-{outer}"));
        let mut one = json!({"@id": id, "text": said, "isPartOf": {"@id": outer}});
        one["@type"] = if is_quoted { "Quotation" } else { "Claim" }.into();
        match (claim.speaker, claim.source) {
            (Some(first), _) => one["creator"] = json!({"@id": format!("#speaker-{first}")}),
            (None, Some(source)) => {
                one["creator"] = json!({"@type": "Person", "name": points.joined(&layer.marks[source].parts, " ")});
            }
            (None, None) => {}
        }
        graph.push(one);
        graph.push(json!({"@type": "ClaimReview", "claimReviewed": said, "itemReviewed": {"@id": id}}));
    }
    let page: Value = json!({"@context": "https://schema.org", "@graph": graph});
    let others = layer.marks.iter().filter(|mark| mark.label != CLAIM).count();
    let gone = [
        lost("places of claims", told.len()),
        lost("marks of mentions, sources and cues", others),
        lost("kinds and confidences of claims", told.len()),
    ];
    let file = serde_json::to_string_pretty(&page).expect("strings, numbers and lists") + "\n";
    Written { file, lost: gone.into_iter().flatten().collect() }
}
