//! Turns of an interview: "SMITH: I agree." The layout says who speaks, and no word does.

use std::collections::BTreeMap;

use super::{Candidate, Label, Tag, Words};
use crate::span::Run;
use crate::text::Paragraph;

/// The longest name before a colon at a paragraph's start, in tokens.
const LONGEST_NAME: usize = 8;

/// How sure a turn is: nothing but its layout says it.
const CONFIDENCE: f32 = 0.7;

/// Puts the turns of an interview in place of whatever else was found in their paragraphs.
///
/// A text is an interview where two paragraphs or more start with a person's name and a colon, or where a name in capitals
/// and a colon start several: "HOST:". Elsewhere a name before a colon speaks where a quotation follows and nothing else
/// was found in the paragraph.
pub(super) fn add_turns(words: &Words<'_, '_>, tags: &[Tag], candidates: &mut Vec<Candidate>) {
    let signed: Vec<Option<Signature>> =
        words.article.paragraphs.iter().map(|paragraph| signature(words, tags, paragraph)).collect();
    let mut labels: BTreeMap<&str, usize> = BTreeMap::new();
    for signature in signed.iter().flatten() {
        *labels.entry(signature.name).or_default() += 1;
    }
    let is_interview = signed.iter().flatten().filter(|signature| signature.is_person).count() > 1;
    for (paragraph, signature) in words.article.paragraphs.iter().zip(&signed) {
        let Some(Signature { name, colon, is_person }) = *signature else { continue };
        let is_inside = |candidate: &Candidate| paragraph.tokens.contains(candidate.anchor);
        let is_turn = is_person && is_interview || labels[name] > 1;
        let is_quoted = is_person && words.is_quoted(colon + 1) && !candidates.iter().any(is_inside);
        if is_turn || is_quoted {
            // What another paragraph's claim says here, its own words and nobody else's, is no part of it any more.
            let turn = Run::new(paragraph.body_from, paragraph.tokens.end);
            candidates.retain_mut(|candidate| !is_inside(candidate) && keep_apart(candidate, turn));
            candidates.push(spoken(paragraph, colon));
        }
    }
    candidates.sort_by_key(|candidate| candidate.anchor);
}

/// A name and a colon that start a paragraph.
struct Signature<'w> {
    name: &'w str,
    colon: usize,
    is_person: bool,
}

fn signature<'w>(words: &'w Words<'_, '_>, tags: &[Tag], paragraph: &Paragraph) -> Option<Signature<'w>> {
    let article = words.article;
    let start = paragraph.body_from;
    let mut opening = start..paragraph.tokens.end.min(start + LONGEST_NAME);
    let colon = opening.find(|&token| words.lower(token) == ":" && !words.is_quoted(token))?;
    let name = start..colon;
    let is_plain = name.clone().all(|token| words.is_capitalised(token) || matches!(words.lower(token), "(" | ")"));
    let is_person = name.clone().any(|token| tags[token] == Tag::Begin(Label::Person));
    // One letter, as in "Q:", names nobody.
    let in_capitals = name.clone().all(|token| {
        let word = article.word(token);
        word.chars().count() > 1 && !word.contains(char::is_lowercase)
    });
    let speaks = paragraph.zone.is_read() && !name.is_empty() && is_plain && colon + 1 < paragraph.tokens.end;
    let text = article.tokens.get(name).and_then(|name| {
        let (first, last) = (name.first()?, name.last()?);
        article.text().get(first.bytes.0..last.bytes.1)
    });
    (speaks && (is_person || in_capitals)).then_some(Signature { name: text?, colon, is_person })
}

/// Leaves a claim the words outside a run; false when none are left.
fn keep_apart(candidate: &mut Candidate, run: Run) -> bool {
    candidate.content = candidate
        .content
        .iter()
        .flat_map(|part| [Run::new(part.start, part.end.min(run.start)), Run::new(part.start.max(run.end), part.end)])
        .filter(|part| part.start < part.end)
        .collect();
    !candidate.content.is_empty()
}

/// All that follows the name and the colon.
fn spoken(paragraph: &Paragraph, colon: usize) -> Candidate {
    Candidate {
        anchor: colon,
        source: Some(Run::new(paragraph.body_from, colon)),
        cue: None,
        content: vec![Run::new(colon + 1, paragraph.tokens.end)],
        confidence: CONFIDENCE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Article;

    /// The claims of a text as "source | content", where these words are persons' names and nothing else was found.
    fn turns(text: &str, persons: &[&str]) -> Vec<String> {
        let article = Article::new(text);
        let words = Words::new(&article);
        let tag = |token| if persons.contains(&article.word(token)) { Tag::Begin(Label::Person) } else { Tag::Outside };
        let tags: Vec<Tag> = (0..article.tokens.len()).map(tag).collect();
        let mut candidates = Vec::new();
        add_turns(&words, &tags, &mut candidates);
        let show = |run: Run| &text[article.tokens[run.start].bytes.0..article.tokens[run.end - 1].bytes.1];
        candidates
            .iter()
            .map(|found| format!("{} | {}", found.source.map_or("", show), show(found.content[0])))
            .collect()
    }

    #[test]
    fn who_speaks_by_layout() {
        let table: [(&str, &[&str], &[&str]); 7] = [
            ("BERG: Who pays?\n\nLIND: I do.", &["BERG", "LIND"], &["BERG | Who pays?", "LIND | I do."]),
            ("HOST: Who pays?\n\nI wonder.\n\nHOST: Who?", &[], &["HOST | Who pays?", "HOST | Who?"]),
            ("Q: Who pays?\n\nA: I do.\n\nQ: Who?", &[], &[]),
            ("Anna: ‘I was never told’", &["Anna"], &["Anna | ‘I was never told’"]),
            ("Anna: the woman who changed the town", &["Anna"], &[]),
            ("NOTE: The shop is closed today.", &[], &[]),
            ("Berg said: rents will rise.", &["Berg"], &[]),
        ];
        for (text, persons, expected) in table {
            assert_eq!(turns(text, persons), expected, "{text}");
        }
    }

    #[test]
    fn a_turn_takes_its_words_from_other_claims() {
        let article = Article::new("He said so.\n\nBERG: Who pays?\n\nLIND: I do.");
        let words = Words::new(&article);
        let mut tags = vec![Tag::Outside; article.tokens.len()];
        (tags[4], tags[9]) = (Tag::Begin(Label::Person), Tag::Begin(Label::Person));
        let claim = |anchor, content| Candidate { anchor, source: None, cue: None, content, confidence: 0.9 };
        let mut candidates = vec![claim(1, vec![Run::new(2, 6)]), claim(6, vec![Run::new(7, 8)])];
        add_turns(&words, &tags, &mut candidates);
        let anchors: Vec<usize> = candidates.iter().map(|candidate| candidate.anchor).collect();
        assert_eq!(anchors, [1, 5, 10]);
        assert_eq!(candidates[0].content, [Run::new(2, 4)]);
    }
}
