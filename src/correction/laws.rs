//! Laws of replay, for any log.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::tests::{TEXT, analysis, annotator, target};
use super::*;
use crate::Options;
use crate::claim::Claim;
use crate::lang::ENGLISH;
use crate::order::sort;
use crate::scheme::{ClaimForm, ClaimKind, FactKind, Mark, SpeakerKind};
use crate::span::{Span, Units};
use crate::summary::Summary;
use crate::text::{Article, TokenKind};

const QUOTES: [&str; 10] = [
    "Anna Berg",
    "Anna",
    "Grebe",
    "taxes will rise",
    "“We will see,”",
    "He",
    "Dorn",
    "📈",
    "will",
    "campaign answered",
];

/// Places that mean something in the article, and any others: reversed, past the end, inside a surrogate pair.
fn targets() -> impl Strategy<Value = Target> {
    let wild = (0..200_u32, 0..200_u32, ".{0,4}", ".{0,2}", ".{0,2}");
    let cut = (0..TEXT.chars().count(), 1..12_usize).prop_map(|(start, length)| {
        let exact: String = TEXT.chars().skip(start).take(length).collect();
        let Span { start, end } = Units::new(TEXT).span_of_code_points(start, start + length);
        Target { start, end, exact, ..Target::default() }
    });
    prop_oneof![
        4 => select(&QUOTES[..]).prop_map(target).boxed(),
        2 => cut.boxed(),
        1 => wild.prop_map(|(start, end, exact, prefix, suffix)| Target { start, end, exact, prefix, suffix }).boxed(),
    ]
}

fn names() -> impl Strategy<Value = String> {
    select(&["Anna Berg", "Carl Dorn", "Dorn campaign", "Erna Fuchs", ""][..]).prop_map(str::to_owned)
}

fn whos() -> impl Strategy<Value = Who> {
    (names(), prop::option::of(targets())).prop_map(|(name, target)| Who { name, target })
}

/// Edits of who speaks.
fn casts() -> impl Strategy<Value = Edit> {
    let fact = select(&[FactKind::Role, FactKind::Affiliation][..]);
    let kind = select(&[SpeakerKind::Person, SpeakerKind::Institution, SpeakerKind::Group][..]);
    let maybe = || prop::option::of(names());
    prop_oneof![
        (whos(), whos()).prop_map(|(speaker, into)| Edit::Merge { speaker, into }),
        (targets(), maybe()).prop_map(|(target, speaker)| Edit::Split { target, speaker }),
        (whos(), names()).prop_map(|(speaker, name)| Edit::Rename { speaker, name }),
        (whos(), fact, maybe(), maybe(), any::<bool>()).prop_map(|(speaker, fact, from, to, former)| Edit::Fact {
            speaker,
            fact,
            from,
            to,
            former
        }),
        (whos(), kind, any::<bool>()).prop_map(|(speaker, kind, anonymous)| Edit::Classify {
            speaker,
            kind,
            anonymous
        }),
    ]
}

/// Moves to any place, and to those that a user's keys lead to: an edge that is moved within the text.
fn respans() -> impl Strategy<Value = Edit> {
    let near = (select(&QUOTES[..]), 0..30_usize, 0..30_usize).prop_map(|(quote, before, more)| {
        let units = Units::new(TEXT);
        let points = units.code_points(Finder::new(&units).find(&target(quote)).expect("a quote of the article"));
        let Span { start, end } = units.span_of_code_points(points.start.saturating_sub(before), points.end + more);
        let exact = units.slice(Span::new(start, end)).to_owned();
        (target(quote), Target { start, end, exact, ..Target::default() })
    });
    let places = prop_oneof![2 => near.boxed(), 1 => (targets(), targets()).boxed()];
    (places, select(Mark::ALL)).prop_map(|((target, to), mark)| Edit::Respan { target, mark, to })
}

fn edits() -> impl Strategy<Value = Edit> {
    let mark = || select(Mark::ALL);
    let name = prop::option::of(names());
    let form = select(&[ClaimForm::Direct, ClaimForm::Indirect, ClaimForm::Mixed][..]);
    prop_oneof![
        4 => casts(),
        1 => (targets(), mark(), any::<bool>()).prop_map(|(target, mark, everywhere)| Edit::Add { target, mark, everywhere }),
        1 => (targets(), mark(), any::<bool>()).prop_map(|(target, mark, everywhere)| Edit::Delete { target, mark, everywhere }),
        1 => (targets(), mark(), mark(), any::<bool>()).prop_map(|(target, mark, to, everywhere)| Edit::Relabel { target, mark, to, everywhere }),
        2 => respans(),
        1 => (targets(), prop::option::of(select(ClaimKind::ALL)), prop::option::of(form)).prop_map(|(target, kind, form)| Edit::Qualify {
            target,
            kind,
            form,
        }),
        1 => (targets(), name).prop_map(|(target, speaker)| Edit::Attribute { target, speaker }),
        1 => prop::collection::vec((targets(), mark()), 0..4).prop_map(|marks| Edit::Review {
            marks: marks.into_iter().map(|(target, mark)| Seen { target, mark }).collect(),
        }),
        1 => (0..12_usize).prop_map(|id| Edit::Undo { correction: id.to_string() }),
    ]
}

/// Logs of two actors, in which times and even ids are given twice.
fn logs() -> impl Strategy<Value = Vec<Correction>> {
    let correction =
        (0..12_usize, select(&["me", "you"][..]), 0..8_u32, edits()).prop_map(|(id, actor, lamport, edit)| {
            Correction { id: id.to_string(), actor: actor.to_owned(), lamport, time: String::new(), edit }
        });
    prop::collection::vec(correction, 0..12)
}

fn correct(corrections: &[Correction]) -> Revision {
    annotator().correct(TEXT, &analysis(), corrections)
}

/// What `inside` and `words` mean, by their definition: every claim is compared with every other.
fn check_nesting(analysis: &Analysis) -> Result<(), TestCaseError> {
    let article = Article::new(TEXT, &ENGLISH);
    let tokens = |claim: &Claim| -> BTreeSet<usize> {
        claim.content.iter().flat_map(|&part| article.tokens_in(part).range()).collect()
    };
    for (index, claim) in analysis.claims.iter().enumerate() {
        let frame = claim.source.into_iter().chain(claim.cue).fold(claim.extent(), Span::hull);
        let holds =
            |outer: &Claim| outer.extent() != claim.extent() && outer.content.iter().any(|part| part.contains(frame));
        let smallest = analysis.claims.iter().filter(|outer| holds(outer)).map(|outer| outer.extent().len()).min();
        let inside = claim.inside.map(|outer| &analysis.claims[outer as usize]);
        prop_assert!(claim.inside.is_none_or(|outer| (outer as usize) < index), "{claim:?}");
        prop_assert!(inside.is_none_or(holds), "{claim:?}");
        prop_assert_eq!(inside.map(|outer| outer.extent().len()), smallest, "{:?}", claim);
        let is_inner = |other: &&Claim| other.inside == Some(index as u32);
        let theirs: BTreeSet<usize> = analysis.claims.iter().filter(is_inner).flat_map(tokens).collect();
        let is_word = |token: &&usize| matches!(article.tokens[**token].kind, TokenKind::Word | TokenKind::Number);
        let own = tokens(claim).difference(&theirs).filter(is_word).count();
        prop_assert_eq!(claim.words, own as u32, "{:?}", claim);
    }
    Ok(())
}

proptest! {
    #[test]
    fn the_order_in_which_corrections_are_given_is_irrelevant(log in logs(), swaps in prop::collection::vec(any::<(Index, Index)>(), 12)) {
        let mut shuffled = log.clone();
        for (a, b) in swaps.iter().filter(|_| !log.is_empty()) {
            shuffled.swap(a.index(log.len()), b.index(log.len()));
        }
        prop_assert_eq!(correct(&shuffled), correct(&log));
    }

    #[test]
    fn a_correction_that_comes_twice_counts_once(log in logs(), again in any::<Index>()) {
        let mut twice = log.clone();
        if !log.is_empty() {
            twice.push(log[again.index(log.len())].clone());
        }
        prop_assert_eq!(correct(&twice), correct(&log));
        twice.extend(log.iter().cloned());
        prop_assert_eq!(correct(&twice), correct(&log));
    }

    #[test]
    fn a_correction_and_its_undo_are_nothing(log in logs(), edit in edits(), redo in any::<bool>()) {
        prop_assume!(!matches!(edit, Edit::Undo { .. }));
        let last = |id: &str, lamport, edit| Correction { id: id.to_owned(), actor: "me".to_owned(), lamport, time: String::new(), edit };
        let done = last("done", 90, edit);
        let undone = last("undone", 91, Edit::Undo { correction: "done".to_owned() });
        let redone = last("redone", 92, Edit::Undo { correction: "undone".to_owned() });
        let with = |more: &[&Correction]| correct(&log.iter().chain(more.iter().copied()).cloned().collect::<Vec<_>>());
        if redo {
            prop_assert_eq!(with(&[&done, &undone, &redone]), with(&[&done]));
        } else {
            prop_assert_eq!(with(&[&done, &undone]), with(&[]));
        }
    }

    #[test]
    fn every_index_and_every_span_of_a_revision_fits(log in logs()) {
        let Revision { analysis, .. } = correct(&log);
        let units = Units::new(TEXT);
        let speakers = analysis.speakers.len() as u32;
        let indices = analysis.mentions.iter().map(|m| m.speaker).chain(analysis.claims.iter().map(|a| a.speaker));
        let links = analysis.speakers.iter().flat_map(|s| s.affiliations.iter().map(|fact| fact.speaker));
        let members = analysis.speakers.iter().flat_map(|s| s.members.iter().copied().map(Some));
        prop_assert!(indices.chain(links).chain(members).flatten().all(|index| index < speakers));
        prop_assert_eq!(&analysis.summary, &Summary::of(&analysis.claims, &analysis.speakers));
        for (index, claim) in analysis.claims.iter().enumerate() {
            let from = claim.continues.map(|from| (from as usize, analysis.claims.get(from as usize)));
            let fits = from.is_none_or(|(at, from)| at < index && from.is_some_and(|from| from.speaker == claim.speaker));
            prop_assert!(fits, "{claim:?}");
            prop_assert!(claim.content.is_sorted_by(|one, next| one.end <= next.start), "{claim:?}");
            let taken = [claim.source, claim.cue].into_iter().flatten();
            let apart = taken.flat_map(|span| claim.content.iter().map(move |part| part.overlaps(span))).all(|meet| !meet);
            prop_assert!(apart, "{claim:?}");
        }
        check_nesting(&analysis)?;
        let contents = analysis.claims.iter().flat_map(|a| a.content.iter().copied());
        for span in analysis.mentions.iter().map(|mention| mention.span).chain(contents) {
            let bytes = units.bytes(span);
            prop_assert_eq!(units.span_of_bytes(bytes.start, bytes.end), span, "half a character");
            prop_assert!(!units.slice(span).trim().is_empty());
        }
        prop_assert!(analysis.mentions.is_sorted_by_key(|mention| mention.span));
        prop_assert!(analysis.claims.is_sorted_by_key(Claim::order));
        for (index, speaker) in analysis.speakers.iter().enumerate() {
            let claims = analysis.claims.iter().filter(|a| a.speaker == Some(index as u32)).count();
            prop_assert!(claims > 0 || !speaker.mentions.is_empty(), "nothing means {}", speaker.name);
            prop_assert!(!speaker.name.is_empty());
            prop_assert!(speaker.mentions.is_sorted_by(|one, other| one < other));
            prop_assert!(!speaker.members.contains(&(index as u32)));
        }
    }

    #[test]
    fn edits_of_speakers_lose_no_claim_and_no_mention(log in logs(), edits in prop::collection::vec(casts(), 1..4)) {
        let said = |revision: &Revision| {
            let claims = revision.analysis.claims.iter().filter(|claim| claim.speaker.is_some()).count();
            let mut meant: Vec<Span> = revision.analysis.speakers.iter().flat_map(|s| s.mentions.clone()).collect();
            sort(&mut meant);
            meant.dedup();
            (claims, meant)
        };
        let last = edits.into_iter().enumerate().map(|(place, edit)| Correction {
            id: format!("last {place}"),
            actor: "me".to_owned(),
            lamport: 90 + place as u32,
            time: String::new(),
            edit,
        });
        let (claims, meant) = said(&correct(&log));
        let (claims_after, meant_after) = said(&correct(&log.into_iter().chain(last).collect::<Vec<_>>()));
        prop_assert!(claims_after >= claims);
        prop_assert!(meant.iter().all(|span| meant_after.contains(span)));
    }

    #[test]
    fn any_corrections_of_any_text_are_taken(text in "(\\PC|[\n\r\t“”]| said ){0,60}", log in logs()) {
        let own = annotator().annotate(&text, &Options::default());
        annotator().correct(&text, &own, &log);
        // An analysis of another text, as a wrong file could bring it.
        annotator().correct(&text, &analysis(), &log);
    }
}
