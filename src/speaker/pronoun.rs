//! Pronouns -> the people they refer to.

use super::discourse::{Stance, stance};
use super::gender::{Gender, Pronoun, gender_of};
use super::phrase::{acts, is_bound};
use super::rank::{Choice, Place, best, candidates};
use super::source_head::{self, Source, unnamed_kind};
use super::walk::Walk;
use crate::claim::Claim;
use crate::entity::Mention;
use crate::lang::is_in;
use crate::lexis::Class;
use crate::scheme::{Label, MentionForm, SpeakerKind};
use crate::span::Run;

/// A pronoun that is less likely to mean the likeliest is left unresolved.
const LEAST: f32 = 0.35;

/// The longest description that "who" may stand for, in tokens.
const LONGEST: usize = 12;

impl Walk<'_, '_, '_> {
    /// A pronoun that is no source.
    pub(super) fn pronoun(&mut self, token: usize, claims: &[Claim]) {
        let run = Run::new(token, token + 1);
        let lower = self.words.lower(token);
        let speaker = self.quoted_by(token, claims);
        let pronoun = Pronoun::of(lower, self.words.language);
        if pronoun == Some(Pronoun::Own) {
            if let Some(draft) = speaker.filter(|_| self.words.is_quoted(token)) {
                self.means(run, MentionForm::Pronoun, draft, 0.9, Stance::Other);
            }
            return;
        }
        let stance = stance(self.words, run);
        let language = self.words.language;
        let found = if is_in(language.person_relatives, lower) || is_in(language.thing_relatives, lower) {
            self.right_before(token)
        } else if is_in(language.impersonals, lower) {
            self.institution(Place { token, stance: Stance::Subject, quoted: self.words.is_quoted(token) })
        } else {
            self.antecedent(token, stance, speaker)
        };
        if let Some((draft, chance)) = found {
            self.means(run, MentionForm::Pronoun, draft, chance, stance);
        }
    }

    /// Whom a pronoun that is a source means; `outer` is who says what it stands in.
    pub(super) fn pronoun_source(&mut self, token: usize, outer: Option<usize>) -> Option<(usize, f32)> {
        let words = self.words;
        let place = Place { token, stance: Stance::Source, quoted: words.is_quoted(token) };
        match Pronoun::of(words.lower(token), words.language) {
            Some(Pronoun::Relative) => self.relative(token),
            Some(Pronoun::Thing) => self.institution(place),
            Some(Pronoun::Several) => self.several(place),
            Some(Pronoun::Own) if outer.is_some() => outer.map(|draft| (draft, 0.9)),
            Some(Pronoun::One(_)) => self.antecedent(token, Stance::Source, outer),
            Some(Pronoun::Nobody) => None,
            // "others"
            _ => Some((self.nominal(Run::new(token, token + 1), token), 0.5)),
        }
    }

    /// Whom "they" means: a group, or an institution.
    fn several(&self, place: Place) -> Option<(usize, f32)> {
        let chance = |draft: usize| match self.drafts[draft].speaker.kind {
            SpeakerKind::Group => Some(0.0),
            SpeakerKind::Anonymous => self.drafts[draft].is_plural.then_some(0.0),
            SpeakerKind::Institution => Some(-1.0),
            // One person of whose gender nothing is said.
            SpeakerKind::Person if self.drafts[draft].is_neither() => Some(-2.0),
            _ => None,
        };
        let found = candidates(self.words, &self.discourse, place, |draft| chance(draft).is_some());
        best(&found, |draft| chance(draft).unwrap_or(0.0)).filter(|&(_, share)| share >= LEAST)
    }

    /// Whom "who" means: what stands right before it.
    fn relative(&mut self, token: usize) -> Option<(usize, f32)> {
        if let Some(found) = self.right_before(token) {
            return Some(found);
        }
        let words = self.words;
        let (sentence, end) = self.before(token);
        // "the nominee for president, who": a description, from its determiner on.
        let bound = (sentence..end).rev().find(|&at| is_bound(words, at)).map_or(sentence, |at| at + 1);
        let determined = |&at: &usize| matches!(words.class(at), Class::Determiner | Class::Possessive);
        let from = bound.max(end.saturating_sub(LONGEST));
        let start = (from..end).find(determined).or_else(|| self.bare(from, token))?;
        let run = Run::new(start, end);
        let Source::Nominal(head) = source_head::of(words, self.names, run) else { return None };
        let draft = self.described(run, head).map_or_else(|| self.nominal(run, head), |(draft, _)| draft);
        self.drafts[draft].speaker.mentions.push(words.article.span(run));
        Some((draft, 0.6))
    }

    /// Where the "two officers" before a "who" start: more than one, without an article.
    fn bare(&self, from: usize, who: usize) -> Option<usize> {
        let words = self.words;
        let last = who
            .checked_sub(1)
            .filter(|&last| last >= from && is_in(words.language.person_relatives, words.lower(who)))?;
        let lower = words.lower(last);
        let is_plural = is_in(words.language.plurals, lower) || words.language.looks_plural(lower);
        let belongs = |&at: &usize| words.class(at) == Class::Open && !is_bound(words, at) && !acts(words, at);
        let start = (from..who).rev().take_while(belongs).last()?;
        let is_people =
            matches!(unnamed_kind(words, Run::new(start, who), last), SpeakerKind::Group | SpeakerKind::Anonymous);
        let opens = words.article.sentences[words.article.sentence_of(last)].tokens.start == last;
        (is_plural && (opens || !words.is_capitalised(last)) && is_people).then_some(start)
    }

    /// Where the sentence of a token starts, and where what stands before the token ends.
    fn before(&self, token: usize) -> (usize, usize) {
        let words = self.words;
        let start = words.article.sentences[words.article.sentence_of(token)].tokens.start;
        let mut end = token;
        while end > start
            && (words.class(end - 1) == Class::Mark && !is_in(words.language.possessive_clitics, words.lower(end - 1)))
        {
            end -= 1;
        }
        (start, end)
    }

    /// The person, or of "which" the institution, whose name stands right before a token.
    pub(super) fn right_before(&self, token: usize) -> Option<(usize, f32)> {
        let words = self.words;
        let (start, end) = self.before(token);
        if end <= start {
            return None;
        }
        let span = words.article.span(Run::new(start, end));
        let from = self.names.partition_point(|mention| mention.span.end <= span.start);
        let until = self.names.partition_point(|mention| mention.span.start < span.end);
        let mut before = self.names[from..until.max(from)].iter().filter(|mention| mention.span.end <= span.end);
        let label =
            if is_in(words.language.thing_relatives, words.lower(token)) { Label::Institution } else { Label::Person };
        let last = before.rfind(|mention| mention.speaker.is_some() && mention.label == label);
        // "Anna Berg, the minister, who", "Anna Berg of Acme Bank, who": no verb stands between.
        let runs_on = |mention: &&Mention| {
            let run = words.article.tokens_in(mention.span);
            let joins = words.lower(run.end) == "," && label == Label::Person
                || is_in(words.language.relative_joints, words.lower(run.end));
            let rest = || (run.end + 1..end).filter(|&at| words.lower(at) != ",");
            run.end == end || joins && end - run.end < LONGEST && !rest().any(|at| is_bound(words, at))
        };
        last.filter(runs_on).and_then(|mention| Some((mention.speaker? as usize, 0.85)))
    }

    /// Whom "he" or "she" means; inside a quotation not who speaks.
    fn antecedent(&mut self, token: usize, stance: Stance, speaker: Option<usize>) -> Option<(usize, f32)> {
        let gender = gender_of(self.words.lower(token), self.words.language)?;
        let quoted = self.words.is_quoted(token);
        let place = Place { token, stance, quoted };
        let may = |draft: usize| self.drafts[draft].is_one() && !(quoted && speaker == Some(draft));
        let found = candidates(self.words, &self.discourse, place, may);
        if let Some(choices) = self.choices.as_mut().filter(|_| !quoted) {
            choices.push(Choice::new(gender, &found, self.drafts));
        }
        best(&found, |draft| self.drafts[draft].chance(gender)).filter(|&(draft, chance)| {
            chance >= LEAST && (self.drafts[draft].gender == Gender::Unknown || self.drafts[draft].gender == gender)
        })
    }

    /// Which institution, or document, "it" means.
    pub(super) fn institution(&self, place: Place) -> Option<(usize, f32)> {
        let chance = |draft: usize| match self.drafts[draft].speaker.kind {
            SpeakerKind::Institution => Some(0.0),
            SpeakerKind::Document => Some(-0.5),
            _ => None,
        };
        let found = candidates(self.words, &self.discourse, place, |draft| chance(draft).is_some());
        best(&found, |draft| chance(draft).unwrap_or(0.0)).filter(|&(_, share)| share >= LEAST)
    }
}

#[cfg(test)]
mod tests {
    use crate::speaker::tests::{check_by, meanings_of};

    #[test]
    fn he_and_she() {
        check_by(
            meanings_of,
            &[
                // The gender of a given name, of a title, of a noun.
                ("{p Anna Berg} met {p Carl Lind}. She left.", &["She = Anna Berg"]),
                ("{p Anna Berg} met {p Carl Lind}. He left.", &["He = Carl Lind"]),
                ("Ms. {p Zorb} met Mr. {p Qualt}. She left. He stayed.", &["She = Zorb", "He = Qualt"]),
                ("{p Zorb}, an actress, met {p Qualt}, a spokesman. He left.", &["He = Qualt"]),
                // The one seen last.
                ("{p Anna Berg} left. {p Maria Lind} left. She slept.", &["She = Maria Lind"]),
                // As an owner, as what a verb concerns.
                ("{p Anna Berg} left. Her plan failed. They saw her.", &["Her = Anna Berg", "her = Anna Berg"]),
                // Nobody fits.
                ("{p Anna Berg} left. He slept.", &[]),
                ("{i Acme Bank} left. She slept.", &[]),
                // Whom a pronoun means was named before.
                ("She slept. {p Anna Berg} left.", &[]),
                // Somebody whose gender nothing tells, who then has that of the pronoun.
                ("{p Zorb} left. She slept.", &["She = Zorb"]),
            ],
        );
    }

    #[test]
    fn who_spoke_last_speaks_on() {
        check_by(
            meanings_of,
            &[
                (
                    "{s {p Anna Berg}} {c told} {p Maria Lind} {t no}. {s She} {c said} {t so twice}.",
                    &["She = Anna Berg"],
                ),
                (
                    "{s {p Anna Berg}} {c said} {t no to {p Maria Lind}}. {s She} {c said} {t so twice}.",
                    &["She = Anna Berg"],
                ),
                // Somebody who does not fit comes between.
                (
                    "{s {p Anna Berg}} {c said} {t no}. {p Carl Lind} came. {s She} {c said} {t so twice}.",
                    &["She = Anna Berg"],
                ),
                // A quotation that goes on.
                (
                    "{t “No,”} {s {p Anna Berg}} {c told} {p Maria Lind}. {t “Never.”} {s She} {c said} {t so twice}.",
                    &["She = Anna Berg"],
                ),
            ],
        );
    }

    #[test]
    fn in_quotations() {
        check_by(
            meanings_of,
            &[
                // "I" is who says it.
                ("{t “I know,”} {s {p Anna Berg}} {c said}.", &["I = Anna Berg"]),
                ("{p Anna Berg} left. {t “My plan failed,”} {s {p Carl Lind}} {c said}.", &["My = Carl Lind"]),
                // "She" is not.
                ("{p Maria Lind} left. {t “She knew,”} {s {p Anna Berg}} {c said}.", &["She = Maria Lind"]),
                ("{t “She knew,”} {s {p Anna Berg}} {c said}.", &[]),
                // What the article says with "I", outside quotations, is the reporter's.
                ("{p Anna Berg} told me that I knew.", &[]),
                // Who acts right before it says it.
                ("{p Anna Berg} left. “I know.”", &["I = Anna Berg"]),
                // Nobody is said to say this.
                ("{p Anna Berg} left. It rained. “I know.”", &[]),
            ],
        );
    }

    #[test]
    fn who_and_which() {
        check_by(
            meanings_of,
            &[
                ("{p Anna Berg}, who left, slept.", &["who = Anna Berg"]),
                ("{p Anna Berg} of {i Acme Bank}, who left, slept.", &["who = Anna Berg"]),
                ("{p Anna Berg}, the minister, who left, slept.", &["the minister = Anna Berg", "who = Anna Berg"]),
                ("{i Acme Bank}, which fell, rose.", &["which = Acme Bank"]),
                ("{p Anna Berg} met {p Carl Lind}, who left.", &["who = Carl Lind"]),
                // Not who stands farther off.
                ("{p Anna Berg} met the man who left.", &[]),
                ("{p Anna Berg} knows who left.", &[]),
                ("{p Anna Berg} left the town, which fell.", &[]),
                ("They ask who left.", &[]),
                // As a source.
                ("{p Anna Berg}, {s who} {c said} {t no}, left.", &["who = Anna Berg"]),
                ("They met the minister, {s who} {c said} {t no}.", &["who = the minister"]),
                // More than one, without an article: people, and no things.
                ("They met with residents {s who} {c said} {t no}.", &["who = residents"]),
                ("Doctors {s who} {c say} {t no} left.", &["who = Doctors"]),
                ("They met over letters {s which} {c said} {t no}.", &[]),
            ],
        );
    }

    #[test]
    fn it_and_they() {
        check_by(
            meanings_of,
            &[
                ("{i Acme Bank} hired {p Anna Berg}. {s It} {c said} {t no}.", &["It = Acme Bank"]),
                ("{i Acme Bank} fell. It warned of worse.", &["It = Acme Bank"]),
                // The weather is nobody.
                ("{i Acme Bank} fell. It is raining.", &[]),
                ("{i Acme Bank} fell. They sold it.", &[]),
                ("{p Anna Berg} left. {s It} {c said} {t no}.", &[]),
                // A crowd, before an institution.
                (
                    "{s Critics} {c said} {t no}. {s They} {c said} {t so twice}.",
                    &["Critics = Critics", "They = Critics"],
                ),
                ("{i Acme Bank} fell. {s They} {c said} {t no}.", &["They = Acme Bank"]),
                // Nobody knows the gender of one.
                ("{p Zorb} left. {s They} {c said} {t no}.", &["They = Zorb"]),
                ("{p Anna Berg} left. {s They} {c said} {t no}.", &[]),
            ],
        );
    }
}
