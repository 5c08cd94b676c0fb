//! The laws that hold for any string, native half. tests/boundary holds them across the boundary to JavaScript.

#![cfg(not(target_arch = "wasm32"))]

mod common;

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::sync::LazyLock;

use common::{ARTICLE, MODEL, spans, text};
use proptest::prelude::*;
use proptest::sample::select;
use whosaid::model::with_inner;
use whosaid::plain::Plain;
use whosaid::scheme::{Group, MentionForm, SpeakerKind};
use whosaid::summary::Voice;
use whosaid::text::Zone;
use whosaid::{Analysis, Annotator, Claim, Notebook, Options, Span, Speaker, Units, export};

static ANNOTATOR: LazyLock<Annotator> = LazyLock::new(|| Annotator::new(MODEL).expect("the committed model file"));

/// It keeps every claim inside a claim that the network finds, however unsure.
static INNER: LazyLock<Annotator> = LazyLock::new(|| {
    let model = with_inner(MODEL, 0.0).expect("the committed model file");
    Annotator::new(&model).expect("the same with one section more")
});

fn annotate(text: &str) -> Analysis {
    ANNOTATOR.annotate(text, &Options::default())
}

/// Annotates with the shipped network, or with the one that finds claims inside claims.
fn annotate_by(is_inner: bool, text: &str) -> Analysis {
    if is_inner { INNER.annotate(text, &Options::default()) } else { annotate(text) }
}

fn as_json(analysis: &Analysis) -> serde_json::Value {
    serde_json::to_value(analysis).expect("an analysis has a JSON text")
}

/// Whether each place starts where the one before ends, or later.
fn follow_each_other(places: &[Span]) -> bool {
    places.windows(2).all(|pair| pair[0].end <= pair[1].start)
}

/// The parts of a claim that must not share a word.
fn parts(claim: &Claim) -> Vec<Span> {
    let mut parts: Vec<Span> = claim.content.iter().copied().chain(claim.source).chain(claim.cue).collect();
    parts.sort_unstable();
    parts
}

/// Sentences in which somebody is named, meant or quoted.
#[rustfmt::skip]
const SENTENCES: &[&str] = &[
    "Finance Minister Anna Berg said the tax will rise. ", "Carl Lind, head of Acme Bank, left. ",
    "She said it would cost $40. ", "He denied that. ", "They said no. ", "It warned of worse. ",
    "“I know what she said,” Berg told reporters. ", "“We will stay,” said Mr. Lind, who runs the bank. ",
    "“No,” he said. “Never again will they see me there.” ", "According to the minister, it was so. ",
    "The National Union of Teachers (NUT) struck. ", "The NUT said its members were tired. ",
    "Officials said so. ", "The officials added that the agency had known. ", "The Berg campaign said no. ",
    "Anna Berg and Carl Lind said they would go. ", "Norway said the city was safe. ", "The study found that bees count. ",
    "A senior official who asked not to be named said “she knew”. ", "Critics said the court was wrong. ",
    "Lind’s wife, Robin Lind, a former judge, said he slept. ", "The judge said the same. ",
    "According to The Times, officials said so. ", "The tax will rise, Berg said, according to Lind. ",
    "“He told me ‘I will go’ and left,” said Berg. ", "“\n\n“It goes on,” she said. ", "\n\n", "\n\nMayor says no\n\n",
];

/// Articles of such sentences.
fn sentences() -> impl Strategy<Value = String> {
    prop::collection::vec(select(SENTENCES), 1..24).prop_map(|sentences| sentences.concat())
}

/// Whether places are in order and none is there twice.
fn ascend(places: &[Span]) -> bool {
    places.is_sorted_by(|one, other| one < other)
}

#[test]
fn the_article_that_the_laws_are_tried_on_is_read() {
    let analysis = annotate(ARTICLE);
    let count = |zone| analysis.zones.iter().filter(|place| place.zone == zone).count();
    assert_eq!(
        [count(Zone::Navigation), count(Zone::Headline), count(Zone::Byline)],
        [1, 1, 1],
        "{:?}",
        analysis.zones
    );
    assert!(analysis.claims.len() >= 4, "{:?}", analysis.claims);
    assert!(analysis.speakers.iter().any(|speaker| speaker.name == "Anna Berg"), "{:?}", analysis.speakers);
}

#[test]
fn the_sentences_that_the_laws_are_tried_on_are_read() {
    let analysis = annotate(&SENTENCES.concat());
    let speakers = |test: fn(&Speaker) -> bool| analysis.speakers.iter().filter(|&speaker| test(speaker)).count();
    assert!(speakers(|speaker| speaker.members.len() > 1) > 0, "{:?}", analysis.speakers);
    assert!(speakers(|speaker| speaker.anonymous) > 1, "{:?}", analysis.speakers);
    assert!(speakers(|speaker| speaker.affiliations.iter().any(|fact| fact.speaker.is_some())) > 0);
    let forms =
        |form| analysis.mentions.iter().filter(|mention| mention.form == form && mention.speaker.is_some()).count();
    assert!(
        [MentionForm::Pronoun, MentionForm::Nominal].into_iter().all(|form| forms(form) > 2),
        "{:?}",
        analysis.mentions
    );
    assert!(analysis.summary.institutions.iter().any(|voice| !voice.people.is_empty()), "{:?}", analysis.summary);
}

proptest! {
    // Each case reads a text with the whole network, tests of this profile at half the speed of a release.
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn every_place_selects_whole_characters_of_the_text(text in text()) {
        let units = Units::new(&text);
        for span in spans(&as_json(&annotate(&text))) {
            prop_assert!(!span.is_empty() && span.end <= units.len(), "{span:?} in {text:?}");
            let bytes = units.bytes(span);
            prop_assert_eq!(units.span_of_bytes(bytes.start, bytes.end), span, "half a character in {:?}", text);
        }
    }

    #[test]
    fn zones_are_in_order_and_apart(text in text()) {
        let zones: Vec<Span> = annotate(&text).zones.iter().map(|zone| zone.span).collect();
        prop_assert!(follow_each_other(&zones), "{zones:?} in {text:?}");
    }

    #[test]
    fn mentions_are_in_order(text in text()) {
        let analysis = annotate(&text);
        prop_assert!(analysis.mentions.is_sorted_by_key(|mention| mention.span), "{:?}", analysis.mentions);
        for speaker in &analysis.speakers {
            prop_assert!(speaker.mentions.is_sorted(), "{speaker:?}");
            prop_assert!(!speaker.name.trim().is_empty(), "{speaker:?}");
        }
    }

    #[test]
    fn a_claim_says_something_and_its_parts_are_apart(text in text(), is_inner in any::<bool>()) {
        let analysis = annotate_by(is_inner, &text);
        prop_assert!(analysis.claims.is_sorted_by_key(Claim::order), "{:?}", analysis.claims);
        for claim in &analysis.claims {
            prop_assert!(!claim.content.is_empty(), "{claim:?}");
            prop_assert!(follow_each_other(&claim.content), "{claim:?}");
            prop_assert!(follow_each_other(&parts(claim)), "{claim:?} in {text:?}");
        }
    }

    #[test]
    fn claims_share_words_only_where_one_is_inside_another(
        text in prop_oneof![2 => sentences(), 1 => text()],
        is_inner in any::<bool>(),
    ) {
        let claims = annotate_by(is_inner, &text).claims;
        let outer = |claim: &Claim| claim.inside.map(|outer| &claims[outer as usize]);
        let depth = |claim| std::iter::successors(Some(claim), |&claim: &&Claim| outer(claim)).count();
        for (index, claim) in claims.iter().enumerate() {
            prop_assert!(claim.inside.is_none_or(|outer| (outer as usize) < index), "{claim:?} in {text:?}");
            prop_assert!(depth(claim) <= 3, "{claim:?} in {text:?}");
            for other in &claims[..index] {
                prop_assert!(claim.extent() != other.extent(), "{claim:?} and {other:?} in {text:?}");
                let meet = claim.content.iter().any(|part| other.content.iter().any(|one| one.overlaps(*part)));
                let holds = other.content.iter().any(|part| parts(claim).iter().all(|inner| part.contains(*inner)));
                prop_assert!(!meet || holds, "{claim:?} and {other:?} in {text:?}");
            }
        }
    }

    #[test]
    fn nobody_speaks_in_menus_and_footers(text in text()) {
        let analysis = annotate(&text);
        for zone in analysis.zones.iter().filter(|zone| !zone.zone.is_read()) {
            for claim in &analysis.claims {
                prop_assert!(parts(claim).iter().all(|part| !part.overlaps(zone.span)), "{claim:?} {zone:?}");
            }
        }
    }

    #[test]
    fn indices_and_certainties_are_in_range(text in text()) {
        let analysis = annotate(&text);
        let index = |speaker: Option<u32>| speaker.is_none_or(|index| (index as usize) < analysis.speakers.len());
        for mention in &analysis.mentions {
            prop_assert!(index(mention.speaker) && (0.0..=1.0).contains(&mention.confidence), "{mention:?}");
        }
        for claim in &analysis.claims {
            prop_assert!(index(claim.speaker) && (0.0..=1.0).contains(&claim.confidence), "{claim:?}");
        }
        let is_institution = |index: u32| analysis.speakers[index as usize].kind == SpeakerKind::Institution;
        for speaker in &analysis.speakers {
            prop_assert!(speaker.members.iter().all(|&member| index(Some(member))), "{speaker:?}");
            let mut linked = speaker.affiliations.iter().map(|fact| fact.speaker);
            prop_assert!(linked.all(|link| index(link) && link.is_none_or(is_institution)), "{speaker:?}");
            prop_assert!(speaker.sector.is_none() || speaker.kind == SpeakerKind::Institution, "{speaker:?}");
        }
    }

    #[test]
    fn a_continuation_has_the_speaker_of_the_claim_before_it(text in text()) {
        let analysis = annotate(&text);
        for (index, claim) in analysis.claims.iter().enumerate() {
            let Some(from) = claim.continues.map(|from| from as usize) else { continue };
            prop_assert!(from < index, "{claim:?} in {text:?}");
            prop_assert_eq!(claim.speaker, analysis.claims[from].speaker);
            prop_assert!(claim.source.is_none() && claim.cue.is_none(), "{claim:?}");
        }
    }

    #[test]
    fn the_same_text_gives_the_same_bytes(text in text()) {
        prop_assert_eq!(as_json(&annotate(&text)).to_string(), as_json(&annotate(&text)).to_string());
    }

    #[test]
    fn a_threshold_leaves_out_what_is_less_sure(text in text(), min_confidence in 0.0_f32..=1.0) {
        let kept = ANNOTATOR.annotate(&text, &Options::default().min_confidence(min_confidence)).claims.len();
        let all = ANNOTATOR.annotate(&text, &Options::default().min_confidence(0.0)).claims;
        prop_assert_eq!(kept, all.iter().filter(|one| one.confidence >= min_confidence).count());
    }

    #[test]
    fn an_empty_log_changes_nothing(text in text()) {
        let analysis = annotate(&text);
        let revision = ANNOTATOR.correct(&text, &analysis, &[]);
        prop_assert_eq!(revision.analysis, analysis);
        prop_assert!(revision.orphans.is_empty());
    }

    #[test]
    fn what_is_exported_is_imported(text in text()) {
        let notebook = Notebook { analysis: Some(annotate(&text)), text, corrections: Vec::new() };
        let json = export::FORMATS.iter().find(|format| format.name == "json").expect("the lossless format");
        prop_assert_eq!(export::import(&(json.write)(&notebook)), Ok(notebook));
    }

    #[test]
    fn speakers_are_meant_where_they_are_mentioned(text in prop_oneof![2 => sentences(), 1 => text()]) {
        let analysis = annotate(&text);
        for speaker in &analysis.speakers {
            prop_assert!(ascend(&speaker.mentions), "{speaker:?} in {text:?}");
        }
        for mention in &analysis.mentions {
            let Some(speaker) = mention.speaker.map(|speaker| &analysis.speakers[speaker as usize]) else { continue };
            prop_assert!(speaker.mentions.contains(&mention.span), "{mention:?} of {speaker:?} in {text:?}");
        }
    }

    #[test]
    fn facts_stand_in_the_text_or_are_the_readers(text in prop_oneof![2 => sentences(), 1 => text()]) {
        let analysis = annotate(&text);
        let units = Units::new(&text);
        for speaker in &analysis.speakers {
            for fact in speaker.roles.iter().chain(&speaker.affiliations) {
                let span = fact.span.expect("nobody corrected it");
                let plain = Plain::new(units.slice(span));
                let shown: Vec<&str> = plain.text().split_whitespace().collect();
                prop_assert_eq!(&shown.join(" "), &fact.text);
                prop_assert!(!shown.is_empty(), "{:?}", fact);
            }
            prop_assert!(speaker.roles.iter().all(|role| role.speaker.is_none()), "{:?}", speaker);
        }
    }

    #[test]
    fn members_of_a_group_are_several_others(text in prop_oneof![2 => sentences(), 1 => text()]) {
        let analysis = annotate(&text);
        for (index, speaker) in analysis.speakers.iter().enumerate() {
            let others = speaker.members.iter().all(|&member| member as usize != index);
            let distinct: BTreeSet<u32> = speaker.members.iter().copied().collect();
            prop_assert!(others && distinct.len() == speaker.members.len() && distinct.len() != 1, "{speaker:?} in {text:?}");
            prop_assert!(distinct.is_empty() || speaker.kind == SpeakerKind::Group, "{speaker:?} in {text:?}");
        }
    }

    #[test]
    fn every_claim_is_counted_once(text in prop_oneof![2 => sentences(), 1 => text()]) {
        let Analysis { claims, speakers, summary, .. } = annotate(&text);
        let sum = |count: fn(&Voice) -> u32| summary.speakers.iter().map(count).sum::<u32>();
        let unattributed: Vec<&Claim> = claims.iter().filter(|one| one.speaker.is_none()).collect();
        let nobodys = |group| unattributed.iter().filter(|one| one.group == group).count() as u32;
        let words: u32 = unattributed.iter().filter(|one| one.group == Group::Statement).map(|one| one.words).sum();
        prop_assert_eq!((summary.claims + summary.attitudes) as usize, claims.len());
        prop_assert_eq!(summary.unattributed as usize, unattributed.len());
        prop_assert_eq!(sum(|voice| voice.claims) + nobodys(Group::Statement), summary.claims);
        prop_assert_eq!(sum(|voice| voice.attitudes) + nobodys(Group::Attitude), summary.attitudes);
        prop_assert_eq!(sum(|voice| voice.words) + words, summary.words);
        for voice in &summary.institutions {
            let own = |speaker: u32| summary.speakers.iter().filter(move |voice| voice.speaker == speaker);
            let those = own(voice.speaker).chain(voice.people.iter().flat_map(|&person| own(person)));
            prop_assert_eq!(those.map(|voice| voice.words).sum::<u32>(), voice.words, "{:?}", voice);
            prop_assert_eq!(speakers[voice.speaker as usize].kind, SpeakerKind::Institution);
        }
    }

    #[test]
    fn who_says_most_stands_first(text in prop_oneof![2 => sentences(), 1 => text()]) {
        let analysis = annotate(&text);
        let claims = |speaker: usize| {
            analysis.claims.iter().filter(|one| one.speaker == Some(speaker as u32)).count()
        };
        let order: Vec<_> = analysis
            .speakers
            .iter()
            .enumerate()
            .map(|(index, speaker)| (Reverse(claims(index)), speaker.mentions.first().copied()))
            .collect();
        prop_assert!(order.is_sorted(), "{order:?} in {text:?}");
        prop_assert!(order.iter().all(|(claims, first)| claims.0 > 0 || first.is_some()), "{order:?} in {text:?}");
    }
}
