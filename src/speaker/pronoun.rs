//! Pronouns -> speakers: the nearest one that fits.

use super::SpeakerKind;
use super::entry::{Entry, Gender};
use crate::entity::Mention;
use crate::model::{Class, Words};

/// How many paragraphs back a pronoun may reach, and how many tokens: a text in one line is one paragraph.
const REACH: usize = 2;
const REACH_TOKENS: usize = 400;

/// The first token that what stands at `token` may go back to.
pub(super) fn floor(words: &Words<'_, '_>, token: usize) -> usize {
    let here = words.article.paragraph_of(token);
    words.article.paragraphs[here.saturating_sub(REACH)].tokens.start.max(token.saturating_sub(REACH_TOKENS))
}

/// The nearest speaker that a pronoun fits.
pub(super) fn antecedent(
    words: &Words<'_, '_>,
    entries: &[Entry],
    mentions: &[Mention],
    spoken: &[(usize, usize)],
    pronoun: usize,
) -> Option<usize> {
    let article = words.article;
    let floor = floor(words, pronoun);
    let lower = words.lower(pronoun);
    let fits = |entry: usize| match lower {
        "he" => person(&entries[entry]) && entries[entry].gender != Gender::Female,
        "she" => person(&entries[entry]) && entries[entry].gender != Gender::Male,
        "it" => entries[entry].speaker.kind == SpeakerKind::Institution,
        "they" | "we" => !person(&entries[entry]),
        "who" | "which" | "whom" => true,
        _ => false,
    };
    let place = article.tokens[pronoun].span;
    let before = mentions.partition_point(|mention| mention.span.end <= place.start);
    let named = mentions[..before].iter().rev().filter_map(|mention| Some((mention, mention.speaker? as usize)));
    let named: Vec<(usize, usize)> = named
        .map(|(mention, entry)| (article.tokens_in(mention.span).start, entry))
        .take_while(|&(token, _)| token >= floor)
        .collect();
    if matches!(lower, "who" | "which" | "whom") {
        return named
            .first()
            .filter(|&&(token, _)| article.sentence_of(token) == article.sentence_of(pronoun))
            .map(|&(_, entry)| entry);
    }
    let sentence = article.sentences[article.sentence_of(pronoun)].tokens.start;
    let spoken_last = spoken
        .iter()
        .rev()
        .take_while(|&&(token, _)| token >= floor)
        .find(|&&(token, entry)| token < pronoun && fits(entry));
    let subjects = || named.iter().filter(|&&(token, entry)| fits(entry) && is_subject(words, token));
    // A subject in the pronoun's own sentence is nearer than whoever spoke last.
    if let Some(&(_, entry)) = subjects().rfind(|&&(token, _)| token >= sentence) {
        return Some(entry);
    }
    let any = || named.iter().find(|&&(token, entry)| fits(entry) && !words.is_quoted(token));
    match (spoken_last, subjects().next()) {
        (Some(&(token, spoke)), Some(&(name, entry))) => {
            Some(if article.sentence_of(name) > article.sentence_of(token) { entry } else { spoke })
        }
        (Some(&(_, entry)), None) | (None, Some(&(_, entry))) => Some(entry),
        (None, None) => any().map(|&(_, entry)| entry),
    }
}

/// Whether a name stands where its sentence's subject does: outside quotations, near the start or after a title there,
/// governed by no preposition, no possessor.
fn is_subject(words: &Words<'_, '_>, token: usize) -> bool {
    let start = words.article.sentences[words.article.sentence_of(token)].tokens.start;
    let governed = (start..token).rev().take(3).any(|before| {
        words.class(before) == Class::Preposition && (before + 1..token).all(|word| words.class(word) != Class::Mark)
    });
    let mut end = token;
    while words.is_capitalised(end) {
        end += 1;
    }
    !words.is_quoted(token) && !governed && token < start + 8 && !matches!(words.lower(end), "'s" | "'")
}

pub(super) fn person(entry: &Entry) -> bool {
    entry.speaker.kind == SpeakerKind::Person
}
