//! Names -> drafts: the same person or institution under its full and its short names.

use super::index::{Index, without_titles};
use super::{Speaker, SpeakerKind, sector};
use crate::entity::Mention;
use crate::lang::en::{COURTESIES, PERSON_NOUNS};
use crate::lang::{Categories, row};
use crate::model::{Model, Words};
use crate::scheme::{Label, MentionForm};
use crate::span::Span;
use crate::text::Zone;

/// What a person's pronoun is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Gender {
    #[default]
    Unknown,
    Female,
    Male,
}

impl Gender {
    /// The gender of this name in the lists of titles and nouns.
    pub(super) fn named(name: &str) -> Self {
        match name {
            "female" => Self::Female,
            "male" => Self::Male,
            _ => Self::Unknown,
        }
    }
}

/// A speaker in the making.
#[derive(Debug, Clone, Default)]
pub(super) struct Draft {
    pub speaker: Speaker,
    pub gender: Gender,
    /// Whether a title or noun tells the gender, and not only the given name.
    is_certain: bool,
    /// What the pronouns say that were taken to mean it.
    pub guess: Gender,
    /// Whether it is several, of those that have no name.
    pub is_plural: bool,
    /// How much it is named in full: what stands in the headline or first paragraph counts thrice.
    pub weight: u32,
    /// The last of its mentions so far, as an index, while short names look for their owners.
    pub seen: Option<usize>,
}

impl Draft {
    pub(super) fn new(name: String, kind: SpeakerKind, gender: Gender) -> Self {
        let sector = if kind == SpeakerKind::Institution { sector::of(&name) } else { None };
        Self { speaker: Speaker { name, kind, sector, ..Speaker::default() }, gender, ..Self::default() }
    }

    /// Learns what a title or a noun says of its gender: "Ms.", "widow".
    pub(super) fn learn_gender(&mut self, gender: Gender) {
        if gender != Gender::Unknown && !self.is_certain {
            self.gender = gender;
            self.is_certain = true;
        }
    }

    /// Whether it can be of this gender.
    pub(super) fn fits(&self, gender: Gender) -> bool {
        gender == Gender::Unknown || self.gender == Gender::Unknown || self.gender == gender
    }

    /// Whether it is one person, named or not.
    pub(super) fn is_one(&self) -> bool {
        match self.speaker.kind {
            SpeakerKind::Person => true,
            SpeakerKind::Anonymous => !self.is_plural,
            _ => false,
        }
    }

    /// Whether nothing says that it is a woman or a man.
    pub(super) fn is_neither(&self) -> bool {
        self.gender == Gender::Unknown && self.guess == Gender::Unknown
    }

    /// The logarithm of how well it fits a gender: by hand, not learnt.
    pub(super) fn chance(&self, gender: Gender) -> f32 {
        match (self.gender, self.guess) {
            _ if gender == Gender::Unknown => 0.0,
            (Gender::Unknown, Gender::Unknown) => -0.7,
            (Gender::Unknown, guess) => {
                if guess == gender {
                    -0.1
                } else {
                    -2.5
                }
            }
            (known, _) => {
                if known == gender {
                    0.0
                } else {
                    -4.0
                }
            }
        }
    }
}

/// One draft for everybody and everything that is named; sets `speaker` in the mentions.
pub(super) fn named(words: &Words<'_, '_>, model: &Model, mentions: &mut [Mention]) -> (Vec<Draft>, Index) {
    let mut index = Index::default();
    let mut drafts: Vec<Draft> = Vec::new();
    // Full names first, so that a short name in the headline finds its owner below.
    for is_full in [true, false] {
        for (place, mention) in mentions.iter_mut().enumerate() {
            let Some(kind) = kind(mention) else { continue };
            if let Some(draft) = mention.speaker {
                drafts[draft as usize].seen = Some(place);
                continue;
            }
            let name = shown_name(words, mention.span);
            if name.contains(' ') != is_full {
                continue;
            }
            let honorific = honorific(words, mention.span);
            let found = index.find(&name, kind, honorific, &drafts);
            let found = found.filter(|&draft| !is_its_place(model, &name, kind, &drafts[draft].speaker.name));
            let draft = found.or_else(|| index.misspelt(&name, kind, model, &drafts)).unwrap_or_else(|| {
                drafts.push(Draft::new(listed_name(&name, kind), kind, first_name_gender(model, &name, kind)));
                drafts.len() - 1
            });
            index.add(&name, kind, draft);
            let owner = &mut drafts[draft];
            owner.seen = Some(place).filter(|_| !is_full);
            if is_full {
                owner.weight += 1 + 2 * u32::from(opens(words, mention.span));
            }
            owner.learn_gender(honorific);
            let is_fuller = without_titles(&name) == name && name.len() > owner.speaker.name.len();
            if is_fuller && kind == SpeakerKind::Person {
                owner.speaker.name = name;
            }
            owner.speaker.mentions.push(mention.span);
            mention.speaker = Some(draft as u32);
        }
    }
    for draft in &mut drafts {
        draft.speaker.mentions.sort_unstable();
    }
    (drafts, index)
}

/// Whether a place is in the headline, the standfirst or the first paragraph of the article.
fn opens(words: &Words<'_, '_>, span: Span) -> bool {
    let article = words.article;
    let paragraph = article.paragraph_of(article.tokens_in(span).start);
    let zone = |index: usize| article.paragraphs[index].zone;
    match zone(paragraph) {
        Zone::Headline | Zone::Standfirst => true,
        Zone::Body => paragraph == 0 || zone(paragraph - 1) != Zone::Body,
        _ => false,
    }
}

/// Whether a name is the place at the end of a longer one: "Wales" is not BBC Radio Wales.
fn is_its_place(model: &Model, name: &str, kind: SpeakerKind, longer: &str) -> bool {
    kind == SpeakerKind::Institution
        && longer.strip_suffix(name).is_some_and(|front| front.ends_with(' '))
        && model.categories(&name.to_lowercase()).has(Categories::PLACE)
}

/// What a mention names, where it can speak.
fn kind(mention: &Mention) -> Option<SpeakerKind> {
    match (mention.form, mention.label) {
        (MentionForm::Name, Label::Person) => Some(SpeakerKind::Person),
        (MentionForm::Name, Label::Institution) => Some(SpeakerKind::Institution),
        _ => None,
    }
}

/// A name as it is shown: white space single, no possessive, no leading "the".
pub(super) fn shown_name(words: &Words<'_, '_>, span: Span) -> String {
    let text = words.article.units.slice(span);
    let text = text.strip_suffix("’s").or_else(|| text.strip_suffix("'s")).unwrap_or(text);
    let mut parts: Vec<&str> = text.split_whitespace().collect();
    if parts.len() > 1 && parts[0].eq_ignore_ascii_case("the") {
        parts.remove(0);
    }
    parts.join(" ")
}

/// A name as it is listed: a person's full name without the titles that stand in it, "Anna Berg" for "Mayor Anna Berg".
fn listed_name(name: &str, kind: SpeakerKind) -> String {
    let bare = if kind == SpeakerKind::Person { without_titles(name) } else { name };
    if bare.contains(' ') { bare } else { name }.to_owned()
}

/// What "Mr." or "Ms." in front of a name or before it says, or the tie: "his wife, Anna Berg".
pub(super) fn honorific(words: &Words<'_, '_>, span: Span) -> Gender {
    let first = words.article.tokens_in(span).start;
    let courtesy =
        |token: usize| row(COURTESIES, words.lower(token).trim_end_matches('.')).map(|[_, gender, _]| *gender);
    let comma = first > 1 && words.lower(first - 1) == ",";
    let tie = |token: usize| {
        let [_, gender, sort] = row(PERSON_NOUNS, words.lower(token))?;
        (!comma || *sort == "kin").then_some(*gender)
    };
    let before = first.checked_sub(1 + usize::from(comma));
    let title = courtesy(first).or_else(|| before.filter(|_| !comma).and_then(courtesy));
    title.or_else(|| before.and_then(tie)).map_or(Gender::Unknown, Gender::named)
}

/// What a person's given name says; a name of one word counts only where it is no family name.
fn first_name_gender(model: &Model, name: &str, kind: SpeakerKind) -> Gender {
    let first = name.split(' ').next().filter(|_| kind == SpeakerKind::Person).unwrap_or_default();
    let categories = model.categories(&first.to_lowercase());
    if first == name && categories.has(Categories::LAST_NAME) {
        return Gender::Unknown;
    }
    match (categories.has(Categories::FEMALE), categories.has(Categories::MALE)) {
        (true, false) => Gender::Female,
        (false, true) => Gender::Male,
        _ => Gender::Unknown,
    }
}
