//! Where an article says that somebody says something: the cues of a sentence.

use super::word::{Class, Words};
use crate::lang::en::{Frame, HOMOGRAPHS, Part, Verb, verb};
use crate::lang::is_in;
use crate::span::Run;

/// What stands at a cue.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Sort {
    /// A verb.
    Verb(Verb),
    /// "according to"
    According,
}

/// A cue: its first word of substance, and the words around it that belong to it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Cue {
    pub anchor: usize,
    pub group: Run,
    pub sort: Sort,
}

impl Cue {
    pub(super) fn frame(&self) -> Frame {
        match self.sort {
            Sort::Verb(verb) => verb.frame,
            Sort::According => Frame::Clause,
        }
    }

    pub(super) fn is_gerund(&self) -> bool {
        matches!(self.sort, Sort::Verb(Verb { part: Part::Gerund, .. }))
    }

    pub(super) fn confidence(&self) -> f32 {
        match self.sort {
            Sort::Verb(verb) => verb.share,
            Sort::According => 0.9,
        }
    }
}

/// The cues in a run of tokens, quotations left out, in order.
pub(super) fn cues(words: &Words<'_, '_>, sentence: Run) -> Vec<Cue> {
    sentence.range().filter(|&token| !words.is_quoted(token)).filter_map(|token| cue(words, sentence, token)).collect()
}

fn cue(words: &Words<'_, '_>, sentence: Run, anchor: usize) -> Option<Cue> {
    if words.lower(anchor) == "according" && words.lower(anchor + 1) == "to" {
        return Some(Cue { anchor, group: Run::new(anchor, anchor + 2), sort: Sort::According });
    }
    if words.class(anchor) != Class::Open {
        return None;
    }
    let verb = verb(words.lower(anchor))?;
    // Where all words have capitals, a verb has one too.
    let small = !words.is_capitalised(anchor) || anchor == sentence.start;
    if !small && (!words.is_title_case(anchor) || is_in(HOMOGRAPHS, words.lower(anchor))) {
        return None;
    }
    // "spoke on condition of anonymity" tells how, and nothing of what.
    if verb.lemma == "speak" && (anchor + 2..anchor + 4).any(|token| words.lower(token) == "condition") {
        return None;
    }
    let start = group_start(words, sentence, anchor);
    if !is_verb_here(words, sentence, anchor, start, &verb) {
        return None;
    }
    let end = if takes_preposition(words, anchor, &verb) { anchor + 2 } else { anchor + 1 };
    Some(Cue { anchor, group: Run::new(start, end), sort: Sort::Verb(verb) })
}

/// Back over what belongs to the verb: "has also *said*", "did not *say*".
fn group_start(words: &Words<'_, '_>, sentence: Run, anchor: usize) -> usize {
    let belongs = |token: usize| matches!(words.class(token), Class::Auxiliary | Class::Negation | Class::Adverb);
    let mut start = anchor;
    while start > sentence.start && belongs(start - 1) && !words.is_quoted(start - 1) {
        start -= 1;
    }
    start
}

/// "called *for*", "pointed *out*", "referred *to*": the preposition goes with the verb.
fn takes_preposition(words: &Words<'_, '_>, anchor: usize, verb: &Verb) -> bool {
    let after = words.lower(anchor + 1);
    match verb.frame {
        Frame::Object => matches!(after, "for" | "on" | "about" | "against" | "to" | "of" | "with" | "up"),
        Frame::Clause => {
            matches!(after, "out" | "against" | "about" | "of" | "with" | "for")
                || verb.lemma == "point" && after == "to"
        }
        _ => false,
    }
}

/// Whether a form that could be a noun or an adjective is the sentence's verb here.
fn is_verb_here(words: &Words<'_, '_>, sentence: Run, anchor: usize, start: usize, verb: &Verb) -> bool {
    use Class::{Auxiliary, Determiner, Negation, Possessive, Preposition, Pronoun, Relative};
    let group = start..anchor;
    let auxiliaries = || group.clone().map(|token| words.lower(token));
    let passive = auxiliaries()
        .any(|word| matches!(word, "is" | "are" | "was" | "were" | "be" | "been" | "being" | "'s" | "'re"));
    let before = (start > sentence.start).then(|| start - 1);
    let class = before.map_or(Class::Mark, |token| words.class(token));
    let preceding = before.map_or("", |token| words.lower(token));
    let possessed = matches!(preceding, "'s" | "'");
    let named = class == Class::Open && before.is_some_and(|token| words.is_capitalised(token)) && !possessed;
    let noun = is_in(HOMOGRAPHS, words.lower(anchor));
    match verb.part {
        Part::Base if preceding == "to" => false,
        // “Never,” say tenants.
        Part::Base if verb.frame == Frame::Say && before.is_some_and(|token| words.is_quoted(token)) => {
            !noun && words.class(anchor + 1) == Class::Open
        }
        Part::Base if group.clone().any(|token| matches!(words.class(token), Auxiliary | Negation)) => !passive,
        Part::Base => {
            matches!(preceding, "they" | "we" | "i" | "you" | "who" | "others" | "many" | "some" | "most" | "people")
                || class == Class::Open
                    && (is_plural(preceding) || has_plural_head(words, sentence.start, start))
                    && !noun
        }
        Part::Third => {
            matches!(class, Pronoun | Relative)
                || named
                || !noun && !possessed && matches!(class, Class::Open | Class::Mark | Class::Coordinator | Class::Time)
        }
        Part::Participle => {
            !passive && auxiliaries().any(|word| matches!(word, "has" | "have" | "had" | "having" | "'ve"))
        }
        Part::Past => {
            let attributive = matches!(class, Determiner | Possessive | Preposition)
                && start == anchor
                && !matches!(verb.frame, Frame::Say | Frame::Tell);
            let reduced = words.lower(anchor + 1) == "by";
            // "Asked why, she said": with nothing before it, it is a participle.
            let opens = anchor == sentence.start && words.is_capitalised(anchor) && verb.lemma != "say";
            !attributive && !passive && !reduced && !opens
        }
        Part::Gerund => {
            let follows = matches!(
                words.class(anchor + 1),
                Class::Mark | Class::Subordinator | Determiner | Possessive | Pronoun
            ) || words.is_capitalised(anchor + 1);
            follows && (matches!(class, Class::Mark | Class::Coordinator) || preceding == "before" || passive)
        }
    }
}

/// "Scientists at the University of Oslo believe": whether a sentence's first words are one plural noun phrase.
fn has_plural_head(words: &Words<'_, '_>, start: usize, end: usize) -> bool {
    let belongs = |token: usize| {
        matches!(words.class(token), Class::Open | Class::Determiner | Class::Possessive | Class::Preposition)
            && (token == start || words.is_capitalised(token) || verb(words.lower(token)).is_none())
    };
    let head = (start + 1..end).find(|&token| words.class(token) == Class::Preposition);
    head.is_some_and(|preposition| is_plural(words.lower(preposition - 1))) && (start..end).all(belongs)
}

/// Whether a lower-case word looks like a plural noun.
fn is_plural(word: &str) -> bool {
    word.len() > 3 && word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us")
}
