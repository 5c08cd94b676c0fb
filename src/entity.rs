//! Tags -> [`Mention`]s: where the article names persons, institutions and places.

mod mend;
mod whole;

use serde::{Deserialize, Serialize, Serializer};

use crate::model::{Class, Lexicon, Reading, Tag, Words};
use crate::scheme::{Label, MentionForm, Origin};
use crate::span::{Run, Span};
use crate::text::Zone;
use mend::mend;
use whole::make_whole;

/// A place in the text that names a person, an institution or a place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Mention {
    /// Where.
    pub span: Span,
    /// What it names.
    pub label: Label,
    /// How it names it.
    pub form: MentionForm,
    /// How sure: 0 to 1.
    #[serde(serialize_with = "rounded")]
    pub confidence: f32,
    /// Who put it there.
    pub origin: Origin,
    /// Index of the speaker that it means, in the analysis; absent where it means none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker: Option<u32>,
}

/// A confidence with three decimals, all that it is worth: so it is the same after it was written and read.
pub(crate) fn to_thousandths(confidence: f32) -> f32 {
    (confidence * 1000.0).round() / 1000.0
}

/// Writes a confidence with three decimals: an f32 widened to JavaScript's f64 would read 0.7900000214576721.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
pub(crate) fn rounded<S: Serializer>(confidence: &f32, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64((f64::from(*confidence) * 1000.0).round() / 1000.0)
}

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
        let is_party = ["R-", "D-", "I-"].iter().any(|party| first.starts_with(party)) && first.len() > 2;
        if label == Label::Institution && is_party {
            continue;
        }
        // "The Orrin" is no person: a river, a ship, a hall.
        let has_article = run.start > 0 && words.lower(run.start - 1) == "the" && !words.is_title_case(run.start);
        if label == Label::Person
            && has_article
            && run.len() == 1
            && !words.lower(run.start).ends_with('s')
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
