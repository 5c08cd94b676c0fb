//! A language of ten words: what a rule asks for comes from the article's language and from nowhere else.

use super::fixture;
use crate::lang::{ENGLISH, Part, TOY};
use crate::scheme::{ClaimKind, SpeakerKind};
use crate::text::Article;

#[test]
fn words_are_cut_by_the_articles_language() {
    let sentences = |text, language| Article::new(text, language).sentences.len();
    assert_eq!(sentences("Hodiaŭ Kav. Berg venis. Li iris.", &TOY), 2);
    assert_eq!(sentences("Hodiaŭ Kav. Berg venis. Li iris.", &ENGLISH), 3);
    assert_eq!(sentences("Hodiaŭ Mr. Berg venis. Li iris.", &TOY), 3);
}

#[test]
fn verbs_are_of_the_articles_language() {
    let form = |word| TOY.verb(word).map(|verb| (verb.lemma, verb.part));
    assert_eq!(
        ["diris", "neas", "dir"].map(form),
        [Some(("dir", Part::Past)), Some(("ne", Part::Third)), Some(("dir", Part::Base))]
    );
    assert_eq!(["said", "denies"].map(form), [None, None]);
}

#[test]
fn claims_and_speakers_follow_from_the_toys_words() {
    let text = "{s {p Carl Berg}} {c diris} {t ke la ponto estas sekura}. {s Li} {c neis} {t la sumon}.";
    let read = |language| {
        let (_, found) = fixture::analysis_in(language, text);
        let name = |claim| found.speaker_of(claim).map(|speaker| (speaker.name.clone(), speaker.kind));
        found.claims.iter().map(|claim| (claim.kind, name(claim))).collect::<Vec<_>>()
    };
    let carl = Some(("Carl Berg".to_owned(), SpeakerKind::Person));
    assert_eq!(read(&TOY), [(ClaimKind::Statement, carl.clone()), (ClaimKind::Denial, carl.clone())]);
    // In English "neis" is no cue of a denial, and "li" is no pronoun.
    let li = Some(("Li".to_owned(), SpeakerKind::Person));
    assert_eq!(read(&ENGLISH), [(ClaimKind::Statement, carl), (ClaimKind::Statement, li)]);
}
