//! Names -> drafts: the same person or institution under its full and its short names.

use super::draft::Draft;
use super::gender::Gender;
use super::index::{Index, without_titles};
use super::phrase::{honorific, shown_name};
use crate::entity::Mention;
use crate::lang::{Categories, Language};
use crate::lexis::Words;
use crate::model::Model;
use crate::order::sort;
use crate::scheme::{Label, MentionForm, SpeakerKind};
use crate::span::Span;
use crate::text::Zone;

/// One draft for everybody and everything that is named; sets `speaker` in the mentions.
pub(super) fn named(words: &Words<'_, '_>, model: &Model, mentions: &mut [Mention]) -> (Vec<Draft>, Index) {
    let mut index = Index::new(words.language);
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
                drafts.push(Draft::new(
                    listed_name(&name, kind, words.language),
                    kind,
                    first_name_gender(model, &name, kind),
                    words.language,
                ));
                drafts.len() - 1
            });
            index.add(&name, kind, draft);
            let owner = &mut drafts[draft];
            owner.seen = Some(place).filter(|_| !is_full);
            if is_full {
                owner.weight += 1 + 2 * u32::from(opens(words, mention.span));
            }
            owner.learn_gender(honorific);
            let is_fuller = without_titles(&name, words.language) == name && name.len() > owner.speaker.name.len();
            if is_fuller && kind == SpeakerKind::Person {
                owner.speaker.name = name;
            }
            owner.speaker.mentions.push(mention.span);
            mention.speaker = Some(draft as u32);
        }
    }
    for draft in &mut drafts {
        sort(&mut draft.speaker.mentions);
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

/// A name as it is listed: a person's full name without the titles that stand in it, "Anna Berg" for "Mayor Anna Berg".
fn listed_name(name: &str, kind: SpeakerKind, language: &Language) -> String {
    let bare = if kind == SpeakerKind::Person { without_titles(name, language) } else { name };
    if bare.contains(' ') { bare } else { name }.to_owned()
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
