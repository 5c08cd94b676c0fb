//! Sources -> speakers: names by their entry, pronouns by the nearest speaker that fits, the rest by what it is.

use std::collections::HashMap;

use super::SpeakerKind;
use super::entry::{Entry, Gender, shown_name};
use super::pronoun::{antecedent, floor, person};
use crate::attribution::Attribution;
use crate::entity::{Mention, MentionForm, Origin};
use crate::lang::en::{ACRONYMS, COURTESIES, DOCUMENTS, ORGANISATION_WORDS, TITLES, UNNAMED};
use crate::lang::{is_in, row};
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

/// Gives every source its speaker, and every continuation that of the claim before it; sources that name nobody become mentions and, where no one fits, entries of their own.
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
    for index in 0..attributions.len() {
        let (before, rest) = attributions.split_at_mut(index);
        let attribution = &mut rest[0];
        if let Some(from) = attribution.continues.and_then(|from| before.get(from as usize)) {
            attribution.speaker = from.speaker;
            let start = words.article.tokens_in(attribution.extent()).start;
            spoken.extend(from.speaker.map(|entry| (start, entry as usize)));
            continue;
        }
        let Some(span) = attribution.source else { continue };
        let run = words.article.tokens_in(span);
        if run.is_empty() {
            continue;
        }
        let entry = match kind_of(words, mentions, run) {
            Source::Named(mention) => {
                let speaker = mentions[mention].speaker.map(|speaker| speaker as usize);
                // A place that speaks is its government: "Berlin said no".
                let entry =
                    Some(speaker.unwrap_or_else(|| place(words, entries, &mut unnamed, &mut mentions[mention])));
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
    // "A study published in May", "a spokesman for the bank".
    let participle = |token: usize| {
        token > run.start
            && !words.is_capitalised(token)
            && words.lower(token).ends_with("ed")
            && words.class(token + 1) == Class::Preposition
    };
    let subordinate =
        |token: usize| matches!(words.class(token), Class::Preposition | Class::Relative) || participle(token);
    let head_end = (run.start..core_end).find(|&token| subordinate(token)).unwrap_or(core_end);
    let core = words.article.span(Run::new(run.start, core_end));
    let from = mentions.partition_point(|mention| mention.span.end <= core.start);
    let inside = mentions[from..].iter().take_while(|mention| mention.span.start < core.end);
    let (mut person, mut institution) = (None, None);
    for (offset, mention) in inside.enumerate() {
        let tokens = words.article.tokens_in(mention.span);
        let possessor = matches!(words.lower(tokens.end), "'s" | "'") && tokens.end < core_end;
        let governed = tokens.start > head_end;
        if possessor || governed {
            continue;
        }
        match mention.label {
            // "Anna Berg and Carl Lind" are two.
            Label::Person if is_coordinated(words, run, tokens.start) => return Source::Nominal(tokens.end - 1),
            // The name that closes the phrase is its head: "Berg adviser Carl Lind".
            Label::Person => person = Some(from + offset),
            // An institution is the head when the phrase ends with it: not in "Treasury officials".
            Label::Institution | Label::Place if tokens.end >= head_end => institution = Some(from + offset),
            _ => {}
        }
    }
    let ends_core =
        |&mention: &usize| words.article.tokens_in(mentions[mention].span).end >= head_end || institution.is_none();
    let noun = head_end.saturating_sub(1).max(run.start);
    let named = person.filter(ends_core).or(institution).or_else(|| in_apposition(words, mentions, run, core_end));
    named.map_or(Source::Nominal(noun), Source::Named)
}

/// "Anna and Carl Berg", "Mr. and Mrs. Berg": whether a conjunction stands before a name, a courtesy passed over.
fn is_coordinated(words: &Words<'_, '_>, run: Run, name: usize) -> bool {
    let is_courtesy = |token: usize| row(COURTESIES, words.lower(token).trim_end_matches('.')).is_some();
    let before = if name > run.start && is_courtesy(name - 1) { name - 1 } else { name };
    before > run.start && words.class(before - 1) == Class::Coordinator
}

/// "The bank's chairman, Anna Berg,": the name that a description gives after its comma.
fn in_apposition(words: &Words<'_, '_>, mentions: &[Mention], run: Run, comma: usize) -> Option<usize> {
    let passes = |token: usize| words.class(token) == Class::Determiner || words.is_title(token);
    let start = (comma + 1..run.end).find(|&token| !passes(token))?;
    let next = mentions.partition_point(|mention| words.article.tokens_in(mention.span).start < start);
    let tokens = words.article.tokens_in(mentions.get(next)?.span);
    let whole = tokens.end == run.end || matches!(words.class(tokens.end), Class::Mark | Class::Preposition);
    (tokens.start == start && tokens.end <= run.end && whole).then_some(next)
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
    let later = || mentions[before..].iter().take(if opens { NEAR } else { 0 }).filter_map(speaker);
    let fitting = named.iter().copied().find(|&entry| fits(&entries[entry]));
    let last = || named.iter().copied().find(|&entry| any(&entries[entry]));
    fitting.or_else(|| later().find(|&entry| fits(&entries[entry]))).or_else(last)
}

/// The entry of a place, which becomes the institution that speaks for it.
fn place(words: &Words<'_, '_>, entries: &mut Vec<Entry>, unnamed: &mut Unnamed, mention: &mut Mention) -> usize {
    let name = shown_name(words, mention.span);
    let entry = unnamed_entry(entries, unnamed, SpeakerKind::Institution, name);
    entries[entry].speaker.mentions.push(mention.span);
    mention.speaker = Some(entry as u32);
    entry
}

/// The entry of a source that names nobody: one of the same words, or a new one.
fn nominal(words: &Words<'_, '_>, entries: &mut Vec<Entry>, unnamed: &mut Unnamed, run: Run, head: usize) -> usize {
    let name = words.article.slice(run).split_whitespace().collect::<Vec<_>>().join(" ");
    let kind = unnamed_kind(words, run, head);
    // "The towns" are the "three towns" of before: the last that had this head.
    let headed = (kind, format!("the {}", words.lower(head)));
    let entry = unnamed_entry(entries, unnamed, kind, name);
    if head + 1 == run.end && !words.is_capitalised(head) {
        unnamed.insert(headed, entry);
    }
    entry
}

/// The entry of these words, made where there is none.
fn unnamed_entry(entries: &mut Vec<Entry>, unnamed: &mut Unnamed, kind: SpeakerKind, name: String) -> usize {
    *unnamed.entry((kind, name.to_lowercase())).or_insert_with(|| {
        entries.push(Entry::new(name, kind, Gender::Unknown));
        entries.len() - 1
    })
}

/// What a source is that no mention names, by its words.
fn unnamed_kind(words: &Words<'_, '_>, run: Run, head: usize) -> SpeakerKind {
    let lower = words.lower(head);
    let opens = words.article.sentences[words.article.sentence_of(run.start)].tokens.start == run.start;
    let has_capitals = run.range().all(|token| words.is_capitalised(token)) && words.class(run.start) == Class::Open;
    // Alone at a sentence's start, or in a headline that has them everywhere, a capital says little.
    let named = has_capitals && !words.is_title_case(head) && !(opens && run.len() == 1);
    let plural = lower.ends_with('s') && !lower.ends_with("ss");
    let acronym = run.len() == 1 && lower.len() > 1 && words.article.word(head).chars().all(char::is_uppercase);
    if is_in(ACRONYMS, lower) {
        SpeakerKind::Anonymous
    } else if acronym && !words.is_title_case(head) {
        SpeakerKind::Institution
    } else if named {
        SpeakerKind::Person
    } else if is_in(DOCUMENTS, lower) {
        SpeakerKind::Document
    } else if is_in(UNNAMED, lower) || is_in(TITLES, lower) {
        SpeakerKind::Anonymous
    } else if plural
        || run.range().any(|token| words.class(token) == Class::Coordinator)
        || matches!(words.lower(run.start), "many" | "some" | "most" | "several" | "others")
    {
        SpeakerKind::Group
    } else if is_in(ORGANISATION_WORDS, lower) {
        SpeakerKind::Institution
    } else if has_capitals {
        SpeakerKind::Person
    } else {
        SpeakerKind::Anonymous
    }
}
