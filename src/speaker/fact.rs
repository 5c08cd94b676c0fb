//! What an article says of a person: roles and affiliations, from the words around the name.

use super::entry::Entry;
use super::{Fact, SpeakerKind};
use crate::entity::{Mention, MentionForm};
use crate::lang::en::{COURTESIES, Part, verb};
use crate::lang::row;
use crate::model::{Class, Label, Words};
use crate::span::Run;
use crate::text::TokenKind;

/// The longest role, in tokens.
const LONGEST: usize = 9;

/// Adds the roles and affiliations of every person that is named.
pub(super) fn find(words: &Words<'_, '_>, mentions: &[Mention], entries: &mut [Entry]) {
    for mention in mentions {
        let (Some(owner), MentionForm::Name, Label::Person) = (mention.speaker, mention.form, mention.label) else {
            continue;
        };
        let entry = &mut entries[owner as usize];
        if entry.speaker.kind != SpeakerKind::Person {
            continue;
        }
        let name = words.article.tokens_in(mention.span);
        before(words, mentions, name, entry);
        after(words, mentions, name, entry);
    }
}

/// "Finance Minister Anna Berg", "Treasury spokesman Adam Cole", "former senator Jo Lee", "the bank's chairman, Carl Lind,".
fn before(words: &Words<'_, '_>, mentions: &[Mention], name: Run, entry: &mut Entry) {
    let sentence = words.article.sentences[words.article.sentence_of(name.start)].tokens;
    let floor = sentence.start.max(name.start.saturating_sub(LONGEST));
    let apposed = words.class(name.end) == Class::Mark && name.start > floor && words.lower(name.start - 1) == ",";
    let before = name.start.checked_sub(1 + usize::from(apposed));
    let Some(last) = before.filter(|&token| token >= floor && words.is_title(token)) else { return };
    let mut start = last;
    while start > floor && continues_title(words, start - 1) {
        start -= 1;
    }
    // "nominee Gov. Anna Berg" are two roles.
    let earlier = (start..last).rev().find(|&token| words.is_title(token));
    match earlier.filter(|_| words.lower(last).ends_with('.')) {
        Some(first) => {
            role(words, mentions, Run::new(start, first + 1), entry);
            role(words, mentions, Run::new(last, last + 1), entry);
        }
        None => role(words, mentions, Run::new(start, last + 1), entry),
    }
}

fn continues_title(words: &Words<'_, '_>, token: usize) -> bool {
    let possessive = words.lower(token) == "'s";
    let verbal = !words.is_capitalised(token) && verb(words.lower(token)).is_some_and(|verb| verb.part != Part::Base);
    (words.class(token) == Class::Open && words.kind(token) == TokenKind::Word || possessive)
        && !verbal
        && !words.is_quoted(token)
}

/// "Anna Berg, the finance minister", "Adam Cole, a spokesman for the Treasury".
fn after(words: &Words<'_, '_>, mentions: &[Mention], name: Run, entry: &mut Entry) {
    let sentence = words.article.sentences[words.article.sentence_of(name.start)].tokens;
    if words.lower(name.end) != "," || name.end + 1 >= sentence.end || words.is_quoted(name.end) {
        return;
    }
    let mut start = name.end + 1;
    let governed = matches!(words.lower(start), "of" | "from" | "at" | "with");
    let determined = matches!(words.class(start), Class::Determiner | Class::Possessive);
    start += usize::from(determined);
    let limit = sentence.end.min(start + 3 * LONGEST);
    let end =
        (start..limit).find(|&token| words.class(token) == Class::Mark && words.lower(token) != "'").unwrap_or(limit);
    let bound = |from: usize| {
        (from..end).find(|&token| matches!(words.class(token), Class::Preposition | Class::Relative)).unwrap_or(end)
    };
    let mut head_end = bound(start);
    let titled = (start..head_end).any(|token| words.is_title(token));
    let governing = matches!(words.lower(head_end), "of" | "for" | "at" | "with") && head_end < end;
    let verbal = words.lower(start).ends_with("ing")
        || words.lower(start).ends_with("ed")
        || words.kind(start) == TokenKind::Number;
    if head_end > start && head_end - start <= LONGEST && !verbal && (titled || governing) {
        // "attorney general of Oklahoma": what is no institution belongs to the role.
        let of = words.lower(head_end) == "of" && head_end + 1 < end;
        if of && institutions(words, mentions, Run::new(head_end, bound(head_end + 1))).is_empty() {
            head_end = bound(head_end + 1);
        }
        role(words, mentions, Run::new(start, head_end), entry);
        affiliations(words, mentions, Run::new(head_end, end), entry);
    } else if governed {
        // "Tom Hall, of Kent Police,"
        affiliations(words, mentions, Run::new(start, end), entry);
    }
}

/// Takes institutions out of a title phrase, and the rest as the role.
fn role(words: &Words<'_, '_>, mentions: &[Mention], phrase: Run, entry: &mut Entry) {
    let former =
        phrase.range().any(|token| matches!(words.lower(token), "former" | "ex" | "then" | "retired" | "late"));
    let (mut start, mut end) = (phrase.start, phrase.end);
    for mention in named(words, mentions, phrase) {
        let name = words.article.tokens_in(mention.span);
        if mention.label == Label::Institution {
            add(words, name, former, &mut entry.speaker.affiliations);
        }
        // In front of the title the name is left out; behind it, with its preposition: "adviser to Anna Berg".
        if (start..name.start).any(|token| words.is_title(token)) {
            end = end.min(
                (start..name.start).rfind(|&token| words.class(token) == Class::Preposition).unwrap_or(name.start),
            );
        } else {
            start = start.max(name.end);
        }
    }
    let phrase = Run::new(start, end);
    while start < phrase.end && words.lower(start) == "'s" {
        start += 1;
    }
    let courtesy = row(COURTESIES, words.lower(start).trim_end_matches('.'));
    let is_bare = start + 1 == phrase.end && courtesy.is_some_and(|[_, _, sort]| *sort == "courtesy");
    if start < phrase.end && !is_bare {
        add(words, Run::new(start, phrase.end), former, &mut entry.speaker.roles);
    }
}

fn affiliations(words: &Words<'_, '_>, mentions: &[Mention], phrase: Run, entry: &mut Entry) {
    for institution in institutions(words, mentions, phrase) {
        add(words, institution, false, &mut entry.speaker.affiliations);
    }
}

fn institutions(words: &Words<'_, '_>, mentions: &[Mention], phrase: Run) -> Vec<Run> {
    let named = named(words, mentions, phrase).filter(|mention| mention.label == Label::Institution);
    named.map(|mention| words.article.tokens_in(mention.span)).collect()
}

/// The institutions and persons that a phrase names.
fn named<'m>(
    words: &Words<'_, '_>,
    mentions: &'m [Mention],
    phrase: Run,
) -> impl Iterator<Item = &'m Mention> + use<'m> {
    let span = words.article.span(phrase);
    let from = mentions.partition_point(|mention| mention.span.end <= span.start);
    mentions[from..]
        .iter()
        .take_while(move |mention| mention.span.start < span.end)
        .filter(|mention| mention.form == MentionForm::Name && mention.label != Label::Place)
}

fn add(words: &Words<'_, '_>, run: Run, former: bool, facts: &mut Vec<Fact>) {
    let text = words.article.slice(run).split_whitespace().collect::<Vec<_>>().join(" ");
    if !text.is_empty() && !facts.iter().any(|fact| fact.text == text) {
        facts.push(Fact { text, span: Some(words.article.span(run)), former, speaker: None });
    }
}
