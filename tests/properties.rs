//! The laws that hold for any string, native half. tests/boundary holds them across the boundary to JavaScript.

#![cfg(not(target_arch = "wasm32"))]

mod common;

use std::sync::LazyLock;

use common::{ARTICLE, MODEL, spans, text};
use proptest::prelude::*;
use whosaid::speaker::SpeakerKind;
use whosaid::text::Zone;
use whosaid::{Analysis, Annotator, Attribution, Notebook, Options, Span, Units, export};

static ANNOTATOR: LazyLock<Annotator> = LazyLock::new(|| Annotator::new(MODEL).expect("the committed model file"));

fn annotate(text: &str) -> Analysis {
    ANNOTATOR.annotate(text, &Options::default())
}

fn as_json(analysis: &Analysis) -> serde_json::Value {
    serde_json::to_value(analysis).expect("an analysis has a JSON text")
}

/// Whether each place starts where the one before ends, or later.
fn follow_each_other(places: &[Span]) -> bool {
    places.windows(2).all(|pair| pair[0].end <= pair[1].start)
}

/// The parts of an attribution that must not share a word.
fn parts(attribution: &Attribution) -> Vec<Span> {
    let mut parts: Vec<Span> =
        attribution.content.iter().copied().chain(attribution.source).chain(attribution.cue).collect();
    parts.sort_unstable();
    parts
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
    assert!(analysis.attributions.len() >= 4, "{:?}", analysis.attributions);
    assert!(analysis.speakers.iter().any(|speaker| speaker.name == "Anna Berg"), "{:?}", analysis.speakers);
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
    fn an_attribution_says_something_and_its_parts_are_apart(text in text()) {
        let analysis = annotate(&text);
        prop_assert!(analysis.attributions.is_sorted_by_key(Attribution::extent), "{:?}", analysis.attributions);
        for attribution in &analysis.attributions {
            prop_assert!(!attribution.content.is_empty(), "{attribution:?}");
            prop_assert!(follow_each_other(&attribution.content), "{attribution:?}");
            prop_assert!(follow_each_other(&parts(attribution)), "{attribution:?} in {text:?}");
        }
    }

    #[test]
    fn nobody_speaks_in_menus_and_footers(text in text()) {
        let analysis = annotate(&text);
        for zone in analysis.zones.iter().filter(|zone| !zone.zone.is_read()) {
            for attribution in &analysis.attributions {
                prop_assert!(parts(attribution).iter().all(|part| !part.overlaps(zone.span)), "{attribution:?} {zone:?}");
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
        for attribution in &analysis.attributions {
            prop_assert!(index(attribution.speaker) && (0.0..=1.0).contains(&attribution.confidence), "{attribution:?}");
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
        for (index, attribution) in analysis.attributions.iter().enumerate() {
            let Some(from) = attribution.continues.map(|from| from as usize) else { continue };
            prop_assert!(from < index, "{attribution:?} in {text:?}");
            prop_assert_eq!(attribution.speaker, analysis.attributions[from].speaker);
            prop_assert!(attribution.source.is_none() && attribution.cue.is_none(), "{attribution:?}");
        }
    }

    #[test]
    fn the_same_text_gives_the_same_bytes(text in text()) {
        prop_assert_eq!(as_json(&annotate(&text)).to_string(), as_json(&annotate(&text)).to_string());
    }

    #[test]
    fn a_threshold_leaves_out_what_is_less_sure(text in text(), min_confidence in 0.0_f32..=1.0) {
        let kept = ANNOTATOR.annotate(&text, &Options { min_confidence }).attributions.len();
        let all = ANNOTATOR.annotate(&text, &Options { min_confidence: 0.0 }).attributions;
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
}
