//! Noun phrases that can speak, and the verbs beside them.

use super::page::Page;
use crate::lang::{Frame, Part, is_in, row};
use crate::lexis::Class;
use crate::scheme::Label;
use crate::span::Run;
use crate::text::TokenKind;

/// The longest phrase, in tokens.
const LONGEST: usize = 14;

impl Page<'_, '_, '_> {
    /// The noun phrase that starts at a token, ends before `end`, and can speak: a name with its titles, "the judge",
    /// "her neighbour, Meg Hale", a pronoun.
    pub(super) fn phrase_at(&self, start: usize, end: usize) -> Option<Run> {
        let words = self.words;
        if start >= end {
            return None;
        }
        if self.is_pronoun(start) {
            return Some(Run::new(start, start + 1));
        }
        let end = end.min(start + LONGEST);
        let mut at = start;
        while at < end && matches!(words.class(at), Class::Determiner | Class::Possessive) {
            at += 1;
        }
        let mut last = None;
        while at < end && self.continues(at) {
            if self.is_head(at) {
                last = Some(at + 1);
            } else if !words.is_capitalised(at) && last.is_some() && words.class(at) == Class::Open {
                // "bank spokesman": the head is yet to come.
            }
            at += 1;
        }
        let mut close = last?;
        // "Sybil Crane of the landlords' federation"
        while close + 1 < end && is_in(words.language.phrase_joints, words.lower(close)) {
            let governed = self.governed(close + 1, end);
            match governed {
                Some(next) => close = next,
                None => break,
            }
        }
        // "the operator, NordRail", "her neighbour, Meg Hale"
        if !self.has_person(Run::new(start, close)) && words.lower(close) == "," {
            let name = (close + 1..end).find(|&token| !words.is_title(token)).and_then(|token| self.name_at(token));
            close =
                name.filter(|(run, label)| *label != Label::Place && run.end <= end).map_or(close, |(run, _)| run.end);
        }
        Some(Run::new(start, close))
    }

    /// The noun phrase that ends where a verb stands, auxiliaries and adverbs before the verb passed over.
    pub(super) fn phrase_before(&self, floor: usize, verb: usize) -> Option<Run> {
        let words = self.words;
        let mut end = verb;
        let passes =
            |token: usize| matches!(words.class(token), Class::Auxiliary | Class::Negation) || self.is_adverb(token);
        while end > floor && passes(end - 1) {
            end -= 1;
        }
        let floor = floor.max(end.saturating_sub(LONGEST));
        (floor..end).find_map(|start| {
            let is_front = start == floor || !self.joins(start - 1);
            self.phrase_at(start, end).filter(|run| run.end == end && is_front)
        })
    }

    /// Whether a token can stand in front of a phrase's first: then the phrase starts before it.
    fn joins(&self, token: usize) -> bool {
        self.words.is_capitalised(token) && self.words.class(token) == Class::Open
            || matches!(self.words.class(token), Class::Determiner | Class::Possessive)
    }

    /// Where "of the landlords' federation" ends, from its first word after the preposition on.
    fn governed(&self, start: usize, end: usize) -> Option<usize> {
        let words = self.words;
        let named = |token: usize| words.is_capitalised(token) || self.name_at(token).is_some();
        if !(words.class(start) == Class::Determiner || named(start)) {
            return None;
        }
        let mut at = start;
        while at < end && (words.class(at) == Class::Determiner || self.continues(at)) {
            at += 1;
        }
        (start..at).any(|token| self.is_head(token)).then_some(at)
    }

    /// Whether a phrase goes on at a token.
    fn continues(&self, token: usize) -> bool {
        let words = self.words;
        if self.name_at(token).is_some_and(|(run, _)| run.start < token) {
            return true;
        }
        let is_word = words.kind(token).is_word();
        let class = words.class(token);
        is_in(words.language.possessive_marks, words.lower(token))
            || is_word && class == Class::Open && !self.is_finite(token)
            || class == Class::Adverb && !self.is_adverb(token)
            || is_word && class == Class::Time && self.name_at(token).is_some()
    }

    /// Whether a token can be the last of what speaks: a name's, or a noun of a person or an institution.
    fn is_head(&self, token: usize) -> bool {
        self.name_at(token).is_some_and(|(_, label)| label != Label::Place || self.words.is_capitalised(token))
            || self.is_person_noun(token)
            || row(self.words.language.institution_nouns, self.words.lower(token)).is_some()
            || self.words.is_capitalised(token) && self.words.class(token) == Class::Open
    }

    /// Whether a token is a noun of persons, one or several.
    pub(super) fn is_person_noun(&self, token: usize) -> bool {
        let lower = self.words.lower(token).trim_end_matches('.');
        let is_noun = |word: &str| {
            is_in(self.words.language.titles, word)
                || row(self.words.language.person_nouns, word).is_some()
                || is_in(self.words.language.unnamed, word)
        };
        self.words.kind(token) == TokenKind::Word
            && (is_noun(lower) || self.words.language.singular(lower).is_some_and(is_noun))
    }

    pub(super) fn has_name(&self, run: Run) -> bool {
        run.range().any(|token| self.name_at(token).is_some_and(|(_, label)| label != Label::Place))
    }

    pub(super) fn is_pronoun(&self, token: usize) -> bool {
        is_in(self.words.language.subjects, self.words.lower(token))
    }

    /// Whether a token is a finite verb of saying, or of a manner of speaking: "said", "laughed".
    pub(super) fn says(&self, token: usize) -> bool {
        let lower = self.words.lower(token);
        if self.words.kind(token) != TokenKind::Word || self.name_at(token).is_some() {
            return false;
        }
        let known = self.words.language.verb(lower).is_some_and(|verb| {
            matches!(verb.frame, Frame::Say | Frame::Tell | Frame::Clause)
                && matches!(verb.part, Part::Past | Part::Third)
        });
        let capital = self.words.is_capitalised(token) && self.words.article.word(token).contains(char::is_lowercase);
        !capital && (known || self.words.language.is_manner(lower) || is_in(self.words.language.plain_sayings, lower))
    }

    /// Whether a token in small letters looks like a finite verb.
    pub(super) fn is_finite(&self, token: usize) -> bool {
        let words = self.words;
        let lower = words.lower(token);
        match words.class(token) {
            Class::Auxiliary => true,
            Class::Open => {
                !words.is_capitalised(token)
                    && !self.is_person_noun(token)
                    && self.name_at(token).is_none()
                    && (self.says(token)
                        || self.words.language.ends_as(lower, Part::Past) && lower.len() > 4
                        || is_in(self.words.language.past_tenses, lower)
                        || self
                            .words
                            .language
                            .verb(lower)
                            .is_some_and(|verb| matches!(verb.part, Part::Past | Part::Third)))
            }
            _ => false,
        }
    }

    /// The first token behind "on Friday", "in 2020", "last week", or the same where no such words stand.
    pub(super) fn past_time(&self, at: usize) -> usize {
        let words = self.words;
        let lead = usize::from(is_in(words.language.short_time_leads, words.lower(at)));
        let is_year = words.kind(at + lead) == TokenKind::Number && words.article.word(at + lead).len() == 4;
        let is_time = words.class(at + lead) == Class::Time
            || is_in(self.words.language.time_nouns, words.lower(at + lead))
            || is_year;
        if is_time && (lead > 0 || words.class(at) == Class::Time) { at + lead + 1 } else { at }
    }

    /// The first token from `at` on that is no adverb.
    pub(super) fn past_adverbs(&self, mut at: usize) -> usize {
        while self.is_adverb(at) {
            at += 1;
        }
        at
    }

    /// Whether a token is an adverb, and no noun that ends like one: "tally".
    pub(super) fn is_adverb(&self, token: usize) -> bool {
        self.words.class(token) == Class::Adverb && !is_in(self.words.language.ly_nouns, self.words.lower(token))
    }
}
