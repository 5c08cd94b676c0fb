//! Sources -> speakers: names by their entry, pronouns by the nearest speaker that fits, the rest by what it is.

use std::collections::HashMap;

use super::entry::{Entry, Gender};
use super::{Speaker, SpeakerKind};
use crate::attribution::Attribution;
use crate::entity::{Mention, MentionForm, Origin};
use crate::lang::en::{DOCUMENTS, UNNAMED};
use crate::lang::is_in;
use crate::model::{Class, Label, Words};
use crate::span::{Run, Span};

/// How many paragraphs back a pronoun may reach, and how many tokens.
const REACH: usize = 2;
const REACH_TOKENS: usize = 400;

/// Entries of sources that name nobody, by kind and lower-case words.
type Unnamed = HashMap<(SpeakerKind, String), usize>;

/// How many names and speakers back it may reach at most: a text in one line is one paragraph.
const NEAREST: usize = 64;

/// What a source is, seen by itself.
enum Source {
    /// A mention, by its index.
    Named(usize),
    /// A pronoun.
    Pronoun,
    /// Anything else, with its head word.
    Nominal(usize),
}

/// Gives every source its speaker; sources that name nobody become mentions and, where no one fits, entries of their own.
pub(super) fn sources(
    words: &Words<'_, '_>,
    entries: &mut Vec<Entry>,
    mentions: &mut Vec<Mention>,
    attributions: &mut [Attribution],
) {
    let mut added = Vec::new();
    // Who spoke so far: where, and which entry.
    let mut spoken: Vec<(usize, usize)> = Vec::new();
    let mut unnamed = Unnamed::new();
    for attribution in attributions {
        let Some(span) = attribution.source else { continue };
        let run = words.article.tokens_in(span);
        if run.is_empty() {
            continue;
        }
        let entry = match kind_of(words, mentions, run) {
            Source::Named(mention) => {
                let entry = mentions[mention].speaker.map(|speaker| speaker as usize);
                // The whole phrase means the speaker as well: "Anna Berg, the finance minister".
                if let Some(entry) = entry.filter(|_| mentions[mention].span != span) {
                    entries[entry].speaker.mentions.push(span);
                }
                entry
            }
            Source::Pronoun => {
                let entry = antecedent(words, entries, mentions, &spoken, run.start);
                if let Some(entry) = entry {
                    added.push(mention(span, MentionForm::Pronoun, entry, entries[entry].speaker.kind));
                    entries[entry].speaker.mentions.push(span);
                }
                entry
            }
            Source::Nominal(head) => {
                let entry = nominal(words, entries, &mut unnamed, run, head);
                added.push(mention(span, MentionForm::Nominal, entry, entries[entry].speaker.kind));
                entries[entry].speaker.mentions.push(span);
                Some(entry)
            }
        };
        attribution.speaker = entry.map(|entry| entry as u32);
        spoken.extend(entry.map(|entry| (run.start, entry)));
    }
    mentions.extend(
        added
            .into_iter()
            .filter(|new| entries[new.speaker.unwrap_or(0) as usize].speaker.kind != SpeakerKind::Document),
    );
    mentions.sort_by_key(|mention| mention.span);
    for entry in entries {
        entry.speaker.mentions.sort_unstable();
        entry.speaker.mentions.dedup();
    }
}

fn mention(span: Span, form: MentionForm, entry: usize, kind: SpeakerKind) -> Mention {
    let label = if kind == SpeakerKind::Institution { Label::Institution } else { Label::Person };
    Mention { span, label, form, confidence: 0.6, origin: Origin::Rule, speaker: Some(entry as u32) }
}

/// The source's head: a name before the first comma that no preposition or possessive subordinates, a pronoun, or a noun.
fn kind_of(words: &Words<'_, '_>, mentions: &[Mention], run: Run) -> Source {
    if run.len() == 1 && matches!(words.class(run.start), Class::Pronoun | Class::Relative) {
        return Source::Pronoun;
    }
    let core_end = run.range().find(|&token| words.lower(token) == ",").unwrap_or(run.end);
    let subordinate = |token: usize| matches!(words.class(token), Class::Preposition | Class::Relative);
    let head_end = (run.start..core_end).find(|&token| subordinate(token)).unwrap_or(core_end);
    let core = words.article.span(Run::new(run.start, core_end));
    let from = mentions.partition_point(|mention| mention.span.end <= core.start);
    let inside = mentions[from..].iter().take_while(|mention| mention.span.start < core.end);
    let (mut person, mut institution) = (None, None);
    for (offset, mention) in inside.enumerate().filter(|(_, mention)| mention.speaker.is_some()) {
        let tokens = words.article.tokens_in(mention.span);
        let possessor = matches!(words.lower(tokens.end), "'s" | "'") && tokens.end < core_end;
        let governed = tokens.start > head_end;
        if possessor || governed {
            continue;
        }
        match mention.label {
            // "Anna Berg and Carl Lind" are two.
            Label::Person if person.is_some() && words.class(tokens.start - 1) == Class::Coordinator => {
                return Source::Nominal(tokens.end - 1);
            }
            // The name that closes the phrase is its head: "Berg adviser Carl Lind".
            Label::Person => person = Some(from + offset),
            // An institution is the head when the phrase ends with it: not in "Treasury officials".
            Label::Institution if tokens.end >= head_end => institution = Some(from + offset),
            _ => {}
        }
    }
    let ends_core =
        |&mention: &usize| words.article.tokens_in(mentions[mention].span).end >= head_end || institution.is_none();
    let noun = head_end.saturating_sub(1).max(run.start);
    person.filter(ends_core).or(institution).map_or(Source::Nominal(noun), Source::Named)
}

/// The nearest speaker that a pronoun fits.
fn antecedent(
    words: &Words<'_, '_>,
    entries: &[Entry],
    mentions: &[Mention],
    spoken: &[(usize, usize)],
    pronoun: usize,
) -> Option<usize> {
    let article = words.article;
    let here = article.paragraph_of(pronoun);
    let floor = article.paragraphs[here.saturating_sub(REACH)].tokens.start.max(pronoun.saturating_sub(REACH_TOKENS));
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
        .take(NEAREST)
        .collect();
    if matches!(lower, "who" | "which" | "whom") {
        return named
            .first()
            .filter(|&&(token, _)| article.sentence_of(token) == article.sentence_of(pronoun))
            .map(|&(_, entry)| entry);
    }
    let sentence = article.sentences[article.sentence_of(pronoun)].tokens.start;
    let spoken_last = spoken.iter().rev().take(NEAREST).find(|&&(token, entry)| token >= floor && token < pronoun && fits(entry));
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

fn person(entry: &Entry) -> bool {
    entry.speaker.kind == SpeakerKind::Person
}

/// The entry of a source that names nobody: one of the same words, or a new one.
fn nominal(words: &Words<'_, '_>, entries: &mut Vec<Entry>, unnamed: &mut Unnamed, run: Run, head: usize) -> usize {
    let name = words.article.slice(run).split_whitespace().collect::<Vec<_>>().join(" ");
    let lower = words.lower(head);
    let kind = if is_in(DOCUMENTS, lower) {
        SpeakerKind::Document
    } else if is_in(UNNAMED, lower) {
        SpeakerKind::Anonymous
    } else if lower.ends_with('s') && !words.is_capitalised(head)
        || run.range().any(|token| words.class(token) == Class::Coordinator)
        || matches!(words.lower(run.start), "many" | "some" | "most" | "several" | "others")
    {
        SpeakerKind::Group
    } else {
        SpeakerKind::Anonymous
    };
    *unnamed.entry((kind, name.to_lowercase())).or_insert_with(|| {
        entries.push(Entry { speaker: Speaker { name, kind, ..Speaker::default() }, gender: Gender::Unknown });
        entries.len() - 1
    })
}
