//! Prodigy (<https://prodi.gy/docs/api-interfaces#relations>), JSONL: an article a line, places in code points. Spans name
//! their first and last token, the last one inclusive, and relations name the last token of either span, and the spans. Words
//! and marks are tokens, and a mark's edge is a token's edge. What is in parts is as many spans, joined by the relation
//! `NextPart`. Notes stand in a span's `notes`, which Prodigy hands through.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::layer::{Found, Layer, Link, Mark, Named, Place, Points, Written, lines};

#[derive(Serialize, Deserialize)]
struct Line {
    text: String,
    #[serde(default)]
    tokens: Vec<Token>,
    #[serde(default)]
    spans: Vec<Span>,
    #[serde(default)]
    relations: Vec<Relation>,
    /// What whoever marks it says of the whole: `accept`, `reject`, `ignore`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    answer: String,
}

#[derive(Serialize, Deserialize)]
struct Token {
    text: String,
    start: usize,
    end: usize,
    id: usize,
    /// Whether a blank follows.
    ws: bool,
}

#[derive(Serialize, Deserialize, Clone)]
struct Span {
    start: usize,
    end: usize,
    token_start: usize,
    /// The last one.
    token_end: usize,
    label: String,
    /// Which one it is, where two with this label stand here.
    #[serde(default)]
    id: usize,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    notes: BTreeMap<String, String>,
}

#[derive(Serialize, Deserialize)]
struct Relation {
    head: usize,
    child: usize,
    label: String,
    head_span: Span,
    child_span: Span,
}

/// Words, marks and ends of lines, cut at the edges of what is marked.
fn tokens(points: &Points<'_>, text: &str, marks: &[Mark]) -> Vec<Token> {
    let starts: BTreeSet<usize> = marks.iter().map(|mark| mark.parts[0][0]).collect();
    let ends: BTreeSet<usize> = marks.iter().map(|mark| mark.parts[0][1]).collect();
    let mut all: Vec<Place> = Vec::new();
    let mut last = ' ';
    for (at, character) in text.chars().enumerate() {
        let goes_on =
            character.is_alphanumeric() && last.is_alphanumeric() && !starts.contains(&at) && !ends.contains(&at);
        // A blank is a token where something begins or ends with it, so that every edge is a token's.
        let is_blank = character == ' ' && !starts.contains(&at) && !ends.contains(&(at + 1));
        match all.last_mut() {
            Some(token) if goes_on => token[1] = at + 1,
            _ if is_blank => {}
            _ => all.push([at, at + 1]),
        }
        last = character;
    }
    let blank = |token: &Place, next: Option<&Place>| {
        points.slice([token[1], token[1] + 1]) == " " && next.is_none_or(|next| next[0] > token[1])
    };
    let token = |(id, place): (usize, &Place)| Token {
        text: points.slice(*place).to_owned(),
        start: place[0],
        end: place[1],
        id,
        ws: blank(place, all.get(id + 1)),
    };
    all.iter().enumerate().map(token).collect()
}

pub(super) fn write(layer: &Layer) -> Written {
    let flat = layer.flat();
    let points = Points::new(&flat.text);
    let tokens = tokens(&points, &flat.text, &flat.marks);
    let span = |(id, Mark { parts, label, notes }): (usize, &Mark)| {
        let [start, end] = parts[0];
        let token_start = tokens.partition_point(|token| token.end <= start);
        let token_end = tokens.partition_point(|token| token.start < end).saturating_sub(1);
        Span { start, end, token_start, token_end, label: label.clone(), id, notes: notes.clone() }
    };
    let spans: Vec<Span> = flat.marks.iter().enumerate().map(span).collect();
    let bare = |mark: usize| Span { notes: BTreeMap::new(), ..spans[mark].clone() };
    let relation = |Link { from, to, label }: &Link| {
        let (head_span, child_span) = (bare(*from), bare(*to));
        Relation { head: head_span.token_end, child: child_span.token_end, label: label.clone(), head_span, child_span }
    };
    let relations = flat.links.iter().map(relation).collect();
    let line = Line { text: flat.text.clone(), tokens, spans, relations, answer: String::new() };
    Written { file: serde_json::to_string(&line).expect("strings, numbers and lists") + "\n", lost: Vec::new() }
}

pub(super) fn read(file: &str, _: Option<&str>) -> Result<Vec<Found>, String> {
    let all = lines::<Line>(file, r#"{"text": "…", "tokens": […], "spans": […], "relations": […]}"#)?;
    let found = |line: Line| {
        let mut named = Named::new(&line.text);
        // Whoever marks in Prodigy gives no ids: there a label stands at a place once.
        let name = |span: &Span| format!("{} {} at {} to {}", span.label, span.id, span.start, span.end);
        // Marks that somebody turned down are none.
        let is_taken = !["reject", "ignore"].contains(&line.answer.as_str());
        if !is_taken {
            line.spans.iter().for_each(|_| named.lose(format!("marks of articles with the answer {}", line.answer)));
        }
        for span in line.spans.iter().filter(|_| is_taken) {
            named.mark(&name(span), "", &span.label, Some(vec![[span.start, span.end]]));
            span.notes.iter().for_each(|(note, value)| named.note(&name(span), note, value));
        }
        for Relation { label, head_span, child_span, .. } in line.relations.iter().filter(|_| is_taken) {
            named.link(&name(head_span), &name(child_span), label);
        }
        named.joined()
    };
    Ok(all.into_iter().map(found).collect())
}
