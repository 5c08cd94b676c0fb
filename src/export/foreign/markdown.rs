//! Markdown (<https://spec.commonmark.org>), for people: a list of who says what, a claim inside another one indented under it.
//! It has no places.

use std::fmt::Write as _;

use super::layer::{CLAIM, HAS_SOURCE, INSIDE, Layer, Points, Written, lost};
use super::told::Told;

pub(super) fn write(layer: &Layer) -> Written {
    let told = layer.told();
    let points = Points::new(&layer.text);
    let mut file = "# Who says what\n".to_owned();
    for claim in &told {
        let depth = depth(&told, claim);
        let who = layer.who(&points, claim).map_or_else(|| "Nobody named".to_owned(), |who| plain(&who));
        let role = claim.speaker.map_or("", |first| layer.note(first, "roles"));
        let role = if role.is_empty() { String::new() } else { format!(", {}", plain(role)) };
        let cue = claim
            .cue
            .map_or(String::new(), |cue| format!(" ({})", plain(&points.joined(&layer.marks[cue].parts, " "))));
        let said = plain(&layer.said(&points, claim.mark));
        let _ = write!(file, "\n{}- **{who}**{role}{cue}: {said}\n", "  ".repeat(depth));
    }
    let names = layer.marks.iter().filter(|mark| mark.label != CLAIM).count();
    let shown = layer.links.iter().filter(|link| link.label == HAS_SOURCE || link.label == INSIDE).count();
    let gone = [
        lost("places of claims and mentions", layer.marks.len()),
        lost("mentions, sources and cues by themselves", names),
        lost("links other than to sources and outer claims", layer.links.len() - shown),
        lost("forms, kinds and confidences of claims", told.len()),
    ];
    Written { file, lost: gone.into_iter().flatten().collect() }
}

/// In how many claims a claim stands.
pub(super) fn depth(told: &[Told], claim: &Told) -> usize {
    let outer = |mark: usize| told.iter().find(|other| other.mark == mark);
    let mut depth = 0;
    let mut at = claim.inside;
    while let Some(inner) = at.filter(|_| depth < told.len()) {
        depth += 1;
        at = outer(inner).and_then(|claim| claim.inside);
    }
    depth
}

/// A text in one line, in which Markdown means nothing.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        if "\\`*_{}[]<>#|~&!".contains(character) {
            out.push('\\');
        }
        out.push(character);
    }
    out
}
