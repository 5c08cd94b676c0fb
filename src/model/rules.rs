//! The rules that read an article: cue by cue, sentence by sentence.

use super::content::content;
use super::cue::{Cue, cues};
use super::source::source;
use super::word::{Class, Words};
use super::{Candidate, Model, Reading, name};
use crate::span::Run;
use crate::text::Article;

/// Reads an article with rules and lists.
pub(super) fn read(model: &Model, article: &Article<'_>) -> Reading {
    let words = Words::new(article);
    let (tags, certainty) = name::tags(model, &words);
    let mut candidates = Vec::new();
    let mut claimed = 0;
    for sentence in &article.sentences {
        let paragraph = &article.paragraphs[sentence.paragraph];
        if paragraph.zone.is_read() {
            let tokens = Run::new(sentence.tokens.start.max(paragraph.body_from), sentence.tokens.end);
            claims(&words, tokens, &mut claimed, &mut candidates);
        }
    }
    Reading { tags, certainty, candidates }
}

/// The claims of one sentence. `claimed` is one past the last token that a claim has taken: a token is said once.
fn claims(words: &Words<'_, '_>, sentence: Run, claimed: &mut usize, found: &mut Vec<Candidate>) {
    let cues = cues(words, sentence);
    let mut previous = None;
    for (index, cue) in cues.iter().enumerate() {
        if cue.anchor < *claimed {
            continue;
        }
        let source =
            source(words, sentence, cue, previous).filter(|(run, _)| run.end <= cue.anchor || run.start > cue.anchor);
        let next =
            cues[index + 1..].iter().find_map(|later| boundary(words, sentence, cue, later)).unwrap_or(sentence.end);
        let mut content = content(words, sentence, cue, source, *claimed, next);
        // What is said shares no word with who says it, or with the words that say that it is said.
        content.retain(|part| !cue.group.overlaps(*part) && source.is_none_or(|(run, _)| !run.overlaps(*part)));
        let Some(last) = content.last() else { continue };
        previous = source.map(|(run, _)| run).or(previous);
        *claimed = last.end.max(cue.group.end);
        found.push(Candidate {
            anchor: cue.anchor,
            source: source.map(|(run, _)| run),
            cue: Some(cue.group),
            content,
            confidence: cue.confidence(),
        });
    }
}

/// Where a later cue starts a claim of its own that ends the one before: at its comma, semicolon or conjunction.
fn boundary(words: &Words<'_, '_>, sentence: Run, cue: &Cue, later: &Cue) -> Option<usize> {
    let first = match source(words, sentence, later, None) {
        Some((run, _)) if !later.is_gerund() && run.end <= later.group.start && later.group.start - run.end <= 2 => {
            run.start
        }
        _ => later.group.start,
    };
    let mut at = first;
    while at > cue.group.end && words.class(at - 1) == Class::Coordinator {
        at -= 1;
    }
    let coordinated = at < first;
    let mark = if at > cue.group.end { words.lower(at - 1) } else { "" };
    match mark {
        ";" => Some(at - 1),
        "," | "—" | "–" if coordinated || later.is_gerund() => Some(at - 1),
        _ => (coordinated && first == later.group.start).then_some(at),
    }
}
