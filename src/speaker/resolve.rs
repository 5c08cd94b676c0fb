//! Sources -> speakers: names by their entry, pronouns by the nearest speaker that fits, the rest by what it is.

use std::collections::HashMap;

use super::entry::{Entry, Gender};
use super::pronoun::{antecedent, floor, person};
use super::{Speaker, SpeakerKind};
use crate::attribution::Attribution;
use crate::entity::{Mention, MentionForm, Origin};
use crate::lang::en::{DOCUMENTS, ORGANISATION_WORDS, UNNAMED};
use crate::lang::is_in;
use crate::model::{Class, Label, Words};
use crate::span::{Run, Span};
use crate::text::Zone;

/// How many mentions ahead a headline may mean.
const NEAR: usize = 64;

/// Entries of sources that name nobody, by kind and lower-case words.
type Unnamed = HashMap<(SpeakerKind, String), usize>;

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
                let entry = definite(words, entries, mentions, run, head)
                    .unwrap_or_else(|| nominal(words, entries, &mut unnamed, run, head));
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
    // One source may stand for two claims: "he said …, adding …".
    mentions.dedup_by_key(|mention| (mention.span, mention.label, mention.speaker));
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

/// "The minister", "the bank": who was named with this role, or what was named with this word, near before.
fn definite(words: &Words<'_, '_>, entries: &[Entry], mentions: &[Mention], run: Run, head: usize) -> Option<usize> {
    if words.lower(run.start) != "the" || head == run.start || words.is_capitalised(head) || head + 1 < run.end {
        return None;
    }
    let noun = words.lower(head);
    // The head of "Ministry of Infrastructure" and "mayor of Port Callan" stands before the "of".
    let is_headed = |text: &str| {
        let head = text.split(" of ").next().and_then(|front| front.rsplit(' ').next());
        head.is_some_and(|head| head.eq_ignore_ascii_case(noun))
    };
    let article = words.article;
    let before = mentions.partition_point(|mention| mention.span.end <= article.tokens[run.start].span.start);
    let floor = floor(words, run.start);
    let near = mentions[..before].iter().rev().take_while(|mention| article.tokens_in(mention.span).start >= floor);
    let speaker = |mention: &Mention| mention.speaker.map(|speaker| speaker as usize);
    let named: Vec<usize> = near.filter_map(speaker).collect();
    let institution = is_in(ORGANISATION_WORDS, noun);
    let fits = |entry: &Entry| match entry.speaker.kind {
        SpeakerKind::Institution => institution && is_headed(&entry.speaker.name),
        _ => person(entry) && entry.speaker.roles.iter().any(|role| is_headed(&role.text)),
    };
    // With an adjective it is a certain one, and not just the last that was named.
    let any = |entry: &Entry| institution && run.len() == 2 && entry.speaker.kind == SpeakerKind::Institution;
    // Headline and standfirst speak of whom the body names.
    let opens = article.paragraphs[article.paragraph_of(run.start)].zone != Zone::Body;
    let later = || mentions[before..].iter().filter(|_| opens).filter_map(speaker).take(NEAR);
    let fitting = named.iter().copied().find(|&entry| fits(&entries[entry]));
    let last = || named.iter().copied().find(|&entry| any(&entries[entry]));
    fitting.or_else(|| later().find(|&entry| fits(&entries[entry]))).or_else(last)
}

/// The entry of a source that names nobody: one of the same words, or a new one.
fn nominal(words: &Words<'_, '_>, entries: &mut Vec<Entry>, unnamed: &mut Unnamed, run: Run, head: usize) -> usize {
    let name = words.article.slice(run).split_whitespace().collect::<Vec<_>>().join(" ");
    let lower = words.lower(head);
    let named = run.range().all(|token| words.is_capitalised(token));
    let kind = if named && run.len() == 1 && lower.len() > 1 && words.article.word(head).chars().all(char::is_uppercase)
    {
        SpeakerKind::Institution
    } else if named && words.class(run.start) == Class::Open {
        SpeakerKind::Person
    } else if is_in(DOCUMENTS, lower) {
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
