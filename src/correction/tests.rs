//! Tables: what each correction does to one small article.

use super::*;
use crate::analysis::fixture::{self, ANNOTATOR};
use crate::claim::Claim;
use crate::entity::Mention;
use crate::scheme::{ClaimForm, ClaimKind, Group, Label, Mark, MentionForm, Origin, SpeakerKind};
use crate::span::{Span, Units};
use crate::speaker::Speaker;
use crate::summary::Summary;

pub(super) const TEXT: &str = "📈 Anna Berg said taxes will rise. “We will see,” Carl Dorn of the Dorn campaign answered. \
     He said Anna was right in Grebe.";

/// The annotator of this repository.
pub(super) fn annotator() -> &'static Annotator {
    &ANNOTATOR
}

/// Where a quote first stands in the article.
pub(super) fn at(quote: &str) -> Span {
    let start = TEXT.find(quote).unwrap_or_else(|| panic!("{quote} is not in the text"));
    Units::new(TEXT).span_of_bytes(start, start + quote.len())
}

fn mention(quote: &str, label: Label, form: MentionForm, speaker: u32) -> Mention {
    Mention { span: at(quote), label, form, confidence: 0.5, origin: Origin::Rule, speaker: Some(speaker) }
}

fn claim(quote: &str, source: &str, speaker: u32) -> Claim {
    Claim {
        source: Some(at(source)),
        cue: None,
        content: vec![at(quote)],
        words: quote.split_whitespace().count() as u32,
        form: ClaimForm::Indirect,
        kind: ClaimKind::Denial,
        group: Group::Statement,
        continues: None,
        inside: None,
        confidence: 0.5,
        origin: Origin::Rule,
        speaker: Some(speaker),
        speaker_confidence: 0.5,
    }
}

/// An analysis as the user could have found it: with one mistake in it, the place taken for a person.
pub(super) fn analysis() -> Analysis {
    use {Label::Person, MentionForm::Name};
    let speaker = |name: &str, mentions: &[&str]| Speaker {
        name: name.to_owned(),
        kind: SpeakerKind::Person,
        mentions: mentions.iter().map(|quote| at(quote)).collect(),
        ..Speaker::default()
    };
    Analysis {
        language: "en".to_owned(),
        model: "by hand".to_owned(),
        zones: Vec::new(),
        mentions: vec![
            mention("Anna Berg", Person, Name, 1),
            mention("Carl Dorn", Person, Name, 0),
            mention("Dorn campaign", Label::Institution, Name, 2),
            mention("He", Person, MentionForm::Pronoun, 0),
            mention("Grebe", Person, Name, 3),
        ],
        claims: vec![
            claim("taxes will rise", "Anna Berg", 1),
            claim("“We will see,”", "Carl Dorn", 0),
            claim("Anna was right in Grebe", "He", 0),
        ],
        speakers: vec![
            speaker("Carl Dorn", &["Carl Dorn", "He"]),
            speaker("Anna Berg", &["Anna Berg"]),
            Speaker { kind: SpeakerKind::Institution, ..speaker("Dorn campaign", &["Dorn campaign"]) },
            speaker("Grebe", &["Grebe"]),
        ],
        summary: Summary::default(),
    }
}

pub(super) fn target(quote: &str) -> Target {
    let Span { start, end } = at(quote);
    Target { start, end, exact: quote.to_owned(), ..Target::default() }
}

fn add(quote: &str, mark: Mark) -> Edit {
    Edit::Add { target: target(quote), mark, everywhere: false }
}

fn delete(quote: &str, mark: Mark) -> Edit {
    Edit::Delete { target: target(quote), mark, everywhere: false }
}

fn relabel(quote: &str, mark: Mark, to: Mark) -> Edit {
    Edit::Relabel { target: target(quote), mark, to, everywhere: false }
}

fn attribute(quote: &str, speaker: Option<&str>) -> Edit {
    Edit::Attribute { target: target(quote), speaker: speaker.map(str::to_owned) }
}

fn undo(id: usize) -> Edit {
    Edit::Undo { correction: id.to_string() }
}

/// The edits as a log, with their places in it as ids.
pub(super) fn log(edits: &[Edit]) -> Vec<Correction> {
    let correction = |(place, edit): (usize, &Edit)| Correction {
        id: place.to_string(),
        actor: "me".to_owned(),
        lamport: place as u32,
        time: "2026-01-01T00:00:00Z".to_owned(),
        edit: edit.clone(),
    };
    edits.iter().enumerate().map(correction).collect()
}

fn correct(edits: &[Edit]) -> Revision {
    annotator().correct(TEXT, &analysis(), &log(edits))
}

/// Who says a claim, by name.
fn speaker_of<'a>(analysis: &'a Analysis, quote: &str) -> Option<&'a str> {
    let claim = analysis.claims.iter().find(|claim| claim.extent() == at(quote)).expect("the claim is marked");
    claim.speaker.map(|index| analysis.speakers[index as usize].name.as_str())
}

/// Marks that differ from the first analysis: "+" and "-", what they mark, "!" where the user is their origin.
fn difference(after: &Analysis) -> Vec<String> {
    let units = Units::new(TEXT);
    let sign = |origin| if origin == Origin::User { "!" } else { "" };
    let marks = |analysis: &Analysis| -> Vec<String> {
        let mentions = analysis.mentions.iter();
        let mentions = mentions.map(|m| format!("{:?} {}{}", m.label, units.slice(m.span), sign(m.origin)));
        let claims = analysis.claims.iter();
        let claims = claims.map(|c| format!("Claim {}{}", units.slice(c.extent()), sign(c.origin)));
        mentions.chain(claims).collect()
    };
    let (before, after) = (marks(&analysis()), marks(after));
    // Without the mentions that only the speakers' stage adds or leaves out.
    let other = |mark: &&String| !mark.ends_with(" He");
    let gone = before.iter().filter(|mark| !after.contains(mark)).filter(other).map(|mark| format!("-{mark}"));
    let new = after.iter().filter(|mark| !before.contains(mark)).filter(other).map(|mark| format!("+{mark}"));
    gone.chain(new).collect()
}

#[test]
fn edits_of_marks() {
    use Mark::{Claim, Institution, Person, Place};
    let table: &[(&[Edit], &[&str], &[&str])] = &[
        // Each edit by itself.
        (&[], &[], &[]),
        (&[add("taxes", Institution)], &["+Institution taxes!"], &[]),
        (&[add("right", Claim)], &["+Claim right!"], &[]),
        (&[delete("Grebe", Person)], &["-Person Grebe"], &[]),
        (&[delete("taxes will rise", Claim)], &["-Claim taxes will rise"], &[]),
        (&[relabel("Grebe", Person, Place)], &["-Person Grebe", "+Place Grebe!"], &[]),
        (&[relabel("Grebe", Person, Claim)], &["-Person Grebe", "+Claim Grebe!"], &[]),
        (
            &[relabel("“We will see,”", Claim, Institution)],
            &["-Claim “We will see,”", "+Institution “We will see,”!"],
            &[],
        ),
        // What is there already is confirmed.
        (&[add("Anna Berg", Person)], &["-Person Anna Berg", "+Person Anna Berg!"], &[]),
        (&[relabel("Anna Berg", Person, Person)], &["-Person Anna Berg", "+Person Anna Berg!"], &[]),
        (&[add("taxes will rise", Claim)], &["-Claim taxes will rise", "+Claim taxes will rise!"], &[]),
        // What cannot stand beside a new mark goes; what nests and is of another sort stays.
        (&[add("Grebe", Place)], &["-Person Grebe", "+Place Grebe!"], &[]),
        (&[add("Anna Berg said", Person)], &["-Person Anna Berg", "+Person Anna Berg said!"], &[]),
        (&[add("Anna", Person)], &["-Person Anna Berg", "+Person Anna!"], &[]),
        (&[add("the Dorn", Person)], &["-Institution Dorn campaign", "+Person the Dorn!"], &[]),
        (
            &[add("Dorn of the Dorn", Place)],
            &["-Person Carl Dorn", "-Institution Dorn campaign", "+Place Dorn of the Dorn!"],
            &[],
        ),
        (&[add("campaign", Person)], &["+Person campaign!"], &[]),
        (&[add("will", Claim), add("will rise", Claim)], &["+Claim will rise!", "+Claim will!"], &[]),
        // One after the other.
        (&[add("taxes", Person), relabel("taxes", Person, Place)], &["+Place taxes!"], &[]),
        (&[add("taxes", Person), delete("taxes", Person)], &[], &[]),
        (&[delete("Grebe", Person), add("Grebe", Person)], &["-Person Grebe", "+Person Grebe!"], &[]),
        (&[delete("Grebe", Person), add("Grebe", Person), delete("Grebe", Person)], &["-Person Grebe"], &[]),
        // Undo and redo.
        (&[add("taxes", Person), undo(0)], &[], &[]),
        (&[delete("Grebe", Person), undo(0), undo(1)], &["-Person Grebe"], &[]),
        (&[add("taxes", Person), delete("taxes", Person), undo(1)], &["+Person taxes!"], &[]),
        // Orphans.
        (&[delete("taxes", Person)], &[], &["0"]),
        (&[relabel("taxes", Person, Place), attribute("taxes", None)], &[], &["0", "1"]),
        (&[delete("Anna Berg", Institution)], &[], &["0"]),
        (&[undo(7)], &[], &["0"]),
        (&[add("taxes", Person), delete("taxes", Person), undo(0)], &[], &["1"]),
        (&[delete("Grebe", Person), relabel("Grebe", Person, Place)], &["-Person Grebe"], &["1"]),
        (&[delete("taxes will rise", Claim), attribute("taxes will rise", None)], &["-Claim taxes will rise"], &["1"]),
        // The last word holds.
        (
            &[relabel("Grebe", Person, Place), relabel("Grebe", Person, Institution)],
            &["-Person Grebe", "+Institution Grebe!"],
            &[],
        ),
        // No orphans: undone, or what they ask for was done by another.
        (&[delete("taxes", Person), undo(0)], &[], &[]),
        (&[delete("Grebe", Person), delete("Grebe", Person)], &["-Person Grebe"], &[]),
        (&[relabel("Grebe", Person, Place), delete("Grebe", Person)], &["-Person Grebe", "+Place Grebe!"], &[]),
        (&[relabel("Grebe", Person, Place), relabel("Grebe", Person, Place)], &["-Person Grebe", "+Place Grebe!"], &[]),
        (&[add("Anna", Person), delete("Anna Berg", Person)], &["-Person Anna Berg", "+Person Anna!"], &[]),
    ];
    for (edits, marks, orphans) in table {
        let revision = correct(edits);
        assert_eq!(difference(&revision.analysis), *marks, "{edits:#?}");
        assert_eq!(revision.orphans, *orphans, "{edits:#?}");
    }
}

#[test]
fn the_speaker_of_a_claim() {
    let claim = "taxes will rise";
    let table: &[(&[Edit], Option<&str>)] = &[
        (&[], Some("Anna Berg")),
        (&[attribute(claim, Some("Carl Dorn"))], Some("Carl Dorn")),
        // A mention's words do as well as a name.
        (&[attribute(claim, Some("He"))], Some("Carl Dorn")),
        (&[attribute(claim, Some(" Erna Fuchs "))], Some("Erna Fuchs")),
        (&[attribute(claim, None)], None),
        (&[attribute(claim, Some(" "))], None),
        (&[attribute(claim, None), attribute(claim, Some("Grebe"))], Some("Grebe")),
        (&[attribute(claim, None), undo(0)], Some("Anna Berg")),
        // It outlives the speakers' being found again.
        (&[attribute(claim, Some("Carl Dorn")), add("right", Mark::Claim)], Some("Carl Dorn")),
        (&[attribute(claim, Some("Erna Fuchs")), delete("Grebe", Mark::Person)], Some("Erna Fuchs")),
        (&[attribute(claim, None), delete("Grebe", Mark::Person)], None),
        // It goes with its claim.
        (
            &[attribute(claim, Some("Erna Fuchs")), delete(claim, Mark::Claim), add(claim, Mark::Claim)],
            Some("Anna Berg"),
        ),
    ];
    for (edits, name) in table {
        let Revision { analysis, orphans, .. } = correct(edits);
        assert_eq!(speaker_of(&analysis, claim), *name, "{edits:#?}");
        assert_eq!(orphans, Vec::<String>::new(), "{edits:#?}");
    }
}

#[test]
fn the_speakers_stay_in_order_of_their_claims_and_their_indices_fit() {
    let everything_to = |name| ["taxes will rise", "“We will see,”"].map(|quote| attribute(quote, Some(name)));
    let names = |analysis: &Analysis| analysis.speakers.iter().map(|speaker| speaker.name.clone()).collect::<Vec<_>>();
    let analysis = correct(&everything_to("Erna Fuchs")).analysis;
    assert_eq!(names(&analysis), ["Erna Fuchs", "Carl Dorn", "Anna Berg", "Dorn campaign", "Grebe"]);
    assert_eq!(speaker_of(&analysis, "Anna was right in Grebe"), Some("Carl Dorn"));
    let dorn = analysis.mentions.iter().find(|mention| mention.span == at("Carl Dorn")).expect("it was not touched");
    assert_eq!(dorn.speaker, Some(1));
    assert_eq!(names(&correct(&everything_to("Anna Berg")).analysis)[0], "Anna Berg");
}

#[test]
fn the_reader_is_certain() {
    let edits = [
        add("taxes", Mark::Person),
        relabel("Grebe", Mark::Person, Mark::Place),
        attribute("taxes will rise", None),
        add("right", Mark::Claim),
    ];
    let analysis = correct(&edits).analysis;
    let mentions = analysis.mentions.iter().map(|mention| (mention.span, mention.origin, mention.confidence));
    let claims = analysis.claims.iter().map(|claim| (claim.extent(), claim.origin, claim.confidence));
    let sure: Vec<Span> =
        mentions.chain(claims).filter(|mark| mark.1 == Origin::User && mark.2 >= 1.0).map(|mark| mark.0).collect();
    assert_eq!(sure, [at("taxes"), at("Grebe"), at("taxes will rise"), at("right")]);
    let kept = analysis.claims.iter().find(|claim| claim.extent() == at("taxes will rise")).expect("the claim");
    assert_eq!((kept.kind, kept.source), (ClaimKind::Denial, None), "nobody says it, and that is all");
}

#[test]
fn a_claim_that_the_reader_marks_has_the_form_of_its_words_and_who_says_it() {
    for (quote, form, source, cue) in [
        ("We will see", ClaimForm::Direct, Some("Carl Dorn of the Dorn campaign"), Some("answered")),
        ("Anna was right", ClaimForm::Indirect, Some("He"), Some("said")),
        ("📈", ClaimForm::Indirect, None, None),
    ] {
        let analysis = correct(&[add(quote, Mark::Claim)]).analysis;
        let claim = analysis.claims.iter().find(|claim| claim.extent() == at(quote)).expect("it was added");
        let words = |span: Option<Span>| span.map(|span| Units::new(TEXT).slice(span).to_owned());
        let told = (claim.form, words(claim.source), words(claim.cue));
        assert_eq!(told, (form, source.map(str::to_owned), cue.map(str::to_owned)), "{quote}");
        assert_eq!((claim.origin, claim.confidence), (Origin::User, 1.0), "{quote}");
    }
}

#[test]
fn who_is_named_as_a_source_is_looked_for_near_the_claim() {
    let source = |edits: &[Edit]| {
        let analysis = correct(edits).analysis;
        let claim = analysis.claims.iter().find(|claim| claim.extent() == at("“We will see,”")).expect("it stays");
        claim.source.map(|span| Units::new(TEXT).slice(span).to_owned())
    };
    let give = |name| [attribute("“We will see,”", name)];
    assert_eq!(source(&give(Some("Carl Dorn"))).as_deref(), Some("Carl Dorn"), "it stood there");
    assert_eq!(source(&give(Some("Anna Berg"))).as_deref(), Some("Anna Berg"));
    assert_eq!(source(&give(Some("Dorn campaign"))).as_deref(), Some("Dorn campaign"));
    assert_eq!(source(&give(Some("Erna Fuchs"))), None, "the article does not name her");
    assert_eq!(source(&give(None)), None);
}

#[test]
fn the_speakers_are_found_again_among_the_marks() {
    let names = |edits: &[Edit]| {
        let mut names: Vec<String> = correct(edits).analysis.speakers.into_iter().map(|speaker| speaker.name).collect();
        names.sort();
        names
    };
    assert_eq!(names(&[relabel("Grebe", Mark::Person, Mark::Place)]), ["Anna Berg", "Carl Dorn", "Dorn campaign"]);
    assert_eq!(
        names(&[relabel("Grebe", Mark::Person, Mark::Place), add("taxes", Mark::Institution)]),
        ["Anna Berg", "Carl Dorn", "Dorn campaign", "taxes"]
    );
    // A source is who its mark says.
    let analysis = correct(&[relabel("Carl Dorn", Mark::Person, Mark::Institution)]).analysis;
    assert_eq!(speaker_of(&analysis, "“We will see,”"), Some("Carl Dorn"));
    let dorn = analysis.speakers.iter().find(|speaker| speaker.name == "Carl Dorn").expect("he speaks");
    assert_eq!(dorn.kind, SpeakerKind::Institution);
}

#[test]
fn a_mark_that_the_speakers_stage_makes_stays_away_or_stays_the_readers() {
    let he = |edits: &[Edit]| {
        let analysis = correct(edits).analysis;
        let marks = analysis.mentions.iter().filter(|mention| mention.span == at("He"));
        let marks: Vec<_> = marks.map(|mention| (mention.label, mention.origin, mention.speaker.is_some())).collect();
        let meant = analysis.speakers.iter().any(|speaker| speaker.mentions.contains(&at("He")));
        (marks, meant)
    };
    let again = add("right", Mark::Claim);
    assert_eq!(he(std::slice::from_ref(&again)), (vec![(Label::Person, Origin::Rule, true)], true));
    assert_eq!(he(&[delete("He", Mark::Person), again.clone()]), (vec![], false));
    assert_eq!(he(&[again.clone(), add("He", Mark::Person)]), (vec![(Label::Person, Origin::User, true)], true));
    let place = relabel("He", Mark::Person, Mark::Place);
    assert_eq!(he(&[place, again]), (vec![(Label::Place, Origin::User, false)], false));
}

/// Each claim of a marked-up article, corrected, as "what: who", "+" before a continuation, with the number of the claim before.
fn chain(marked: &str, edits: &[Edit]) -> Vec<String> {
    let (text, found) = fixture::analysis(marked);
    let Revision { analysis, orphans, .. } = annotator().correct(&text, &found, &log(edits));
    assert_eq!(orphans, Vec::<String>::new(), "{edits:#?}");
    let units = Units::new(&text);
    let claim = |claim: &Claim| {
        let who = claim.speaker.map_or("nobody", |index| &analysis.speakers[index as usize].name);
        let from = claim.continues.map_or(String::new(), |from| format!("+{from} "));
        format!("{from}{}: {who}", units.slice(claim.extent()))
    };
    analysis.claims.iter().map(claim).collect()
}

#[test]
fn continuations_follow_what_the_reader_does_with_their_claims() {
    let text = "The board met for four hours on Monday to talk of the pier.\n\n{t “One is enough,”} {c said} {s {p Anna Berg}}.\n\n\
                “Two of them are too many.”\n\n“Three would be the end of us.”";
    let target = |exact: &str| Target { start: 0, end: 0, exact: exact.to_owned(), ..Target::default() };
    let [one, two, three] = ["“One is enough,”", "“Two of them are too many.”", "“Three would be the end of us.”"];
    let mark = Mark::Claim;
    let delete = |exact| Edit::Delete { target: target(exact), mark, everywhere: false };
    let attribute = |exact, name: &str| Edit::Attribute { target: target(exact), speaker: Some(name.to_owned()) };
    let said = |who: [&str; 3]| {
        [format!("{one}: {}", who[0]), format!("+0 {two}: {}", who[1]), format!("+1 {three}: {}", who[2])]
    };
    assert_eq!(chain(text, &[]), said(["Anna Berg"; 3]));
    assert_eq!(chain(text, &[attribute(one, "Carl Lind")]), said(["Carl Lind"; 3]));
    // A claim in front moves them all.
    let before = Edit::Add { target: target("talk of the pier"), mark, everywhere: false };
    let moved = ["+1 ", "+2 "]
        .map(|from| chain(text, std::slice::from_ref(&before)).iter().any(|claim| claim.starts_with(from)));
    assert_eq!(moved, [true, true]);
    // One that is taken away is passed over; with the first, who says it is gone.
    assert_eq!(chain(text, &[delete(two)]), [format!("{one}: Anna Berg"), format!("+0 {three}: Anna Berg")]);
    assert_eq!(chain(text, &[delete(one)]), [format!("{two}: nobody"), format!("+0 {three}: nobody")]);
    // What the user gives to somebody else goes on from nothing.
    assert_eq!(
        chain(text, &[attribute(two, "Carl Lind")]),
        [format!("{one}: Anna Berg"), format!("{two}: Carl Lind"), format!("+1 {three}: Carl Lind")]
    );
}

#[test]
fn what_was_looked_at_is_right_and_an_undo_opens_it_again() {
    let seen = |quote: &str, mark| Seen { target: target(quote), mark };
    let review = |marks| Edit::Review { marks };
    let sure = |edits: &[Edit]| {
        let Revision { analysis, orphans, reviewed, .. } = correct(edits);
        let is_sure = |quote: &str| {
            let names = analysis.mentions.iter().map(|mention| (mention.span, mention.origin));
            let claims = analysis.claims.iter().map(|claim| (claim.extent(), claim.origin));
            names.chain(claims).any(|(span, origin)| span == at(quote) && origin == Origin::User)
        };
        (["Grebe", "taxes will rise", "Anna Berg"].map(is_sure), orphans.len(), reviewed)
    };
    let both = || vec![seen("Grebe", Mark::Person), seen("taxes will rise", Mark::Claim)];
    assert_eq!(sure(&[]), ([false; 3], 0, false));
    assert_eq!(sure(&[review(both())]), ([true, true, false], 0, true));
    assert_eq!(sure(&[review(both()), undo(0)]), ([false; 3], 0, false));
    // What another model does not mark was right all the same.
    assert_eq!(sure(&[delete("Grebe", Mark::Person), review(both())]), ([true, true, false], 0, true));
    assert_eq!(sure(&[review(Vec::new())]), ([false; 3], 0, true), "nothing to mark is an answer too");
    let lost = Seen {
        target: Target { start: 0, end: 6, exact: "nobody".to_owned(), ..Target::default() },
        mark: Mark::Person,
    };
    assert_eq!(sure(&[review(vec![lost])]), ([false; 3], 1, false));
}
