//! Tags -> [`Mention`]s: where the article names persons, institutions and places.

mod mend;
mod mention;
mod whole;

use crate::lang::is_in;
use crate::lexis::{Class, Lexicon, Words};
use crate::model::{Reading, Tag};
use crate::scheme::{Label, MentionForm, Origin};
use crate::span::Run;
use crate::text::Zone;
use mend::{follows_the, mend};
pub use mention::Mention;
pub(crate) use mention::{rounded, to_thousandths};
use whole::make_whole;

/// Persons' names less sure than this are left out: with two seeds that raised the F1 of persons on three development sets
/// and lowered it on none; institutions lose by it.
const LEAST_PERSON: f32 = 0.5;

/// The names in a reading, in the order of the text.
pub fn mentions(words: &Words<'_, '_>, lexicon: &Lexicon, reading: &Reading) -> Vec<Mention> {
    let article = words.article;
    let mut found = Vec::new();
    let mut start = 0;
    while start < reading.tags.len() {
        let Tag::Begin(label) = reading.tags[start] else {
            start += 1;
            continue;
        };
        let end = (start + 1..reading.tags.len())
            .find(|&token| reading.tags[token] != Tag::Inside(label))
            .unwrap_or(reading.tags.len());
        // A name is as sure as its weakest token.
        let confidence = reading.certainty[start..end].iter().copied().fold(1.0, f32::min);
        let run = Run::new(start, end);
        let zone = article.paragraphs[article.paragraph_of(start)].zone;
        start = end;
        // Menus name sections of the site. Persons stand in what only looks like one: the foot of a letter.
        if label == Label::Institution && zone == Zone::Navigation {
            continue;
        }
        // A title by itself names nobody.
        if label == Label::Person && (confidence < LEAST_PERSON || run.range().all(|token| words.is_title(token))) {
            continue;
        }
        // "Anna Berg (D-Mass.)" is no member of an institution of that name.
        let first = article.word(run.start);
        let is_party = first
            .split_once('-')
            .is_some_and(|(party, rest)| is_in(words.language.party_initials, party) && !rest.is_empty());
        if label == Label::Institution && is_party {
            continue;
        }
        // "The Orrin" is no person: a river, a ship, a hall.
        let has_article = follows_the(words, run) && !words.is_title_case(run.start);
        if label == Label::Person
            && has_article
            && run.len() == 1
            && words.language.singular(words.lower(run.start)).is_none()
            && !matches!(words.class(run.end), Class::Open)
        {
            continue;
        }
        found.push(Mention {
            span: article.span(run),
            label,
            form: MentionForm::Name,
            confidence: to_thousandths(confidence),
            origin: Origin::Model,
            speaker: None,
        });
    }
    mend(words, lexicon, reading, &mut found);
    make_whole(words, &mut found);
    found
}
