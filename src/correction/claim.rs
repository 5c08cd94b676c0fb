//! What the user says of a claim itself: where it starts and ends, its kind, its form.

use crate::claim::{Claim, form, word_count};
use crate::order::sort;
use crate::scheme::{ClaimForm, ClaimKind, Group};
use crate::span::{Run, Span, Units};
use crate::text::{Article, TokenKind};

/// Moves the outer edges of what is said; whether anything of it is left.
///
/// Parts outside are cut off, gaps between parts stay. What is new is taken in but for the words of source and cue, and
/// for the punctuation that those leave at its start.
pub(super) fn respan(article: &Article<'_>, claim: &mut Claim, to: Span) -> bool {
    let content = content(article, claim, to);
    if content.is_empty() {
        return false;
    }
    let runs = |content: &[Span]| -> Vec<Run> { content.iter().map(|&part| article.tokens_in(part)).collect() };
    let cue = claim.cue.map(|cue| article.tokens_in(cue));
    // A form that quotation marks do not tell, of an interview or by the user, stays.
    let was = form(article, cue, &runs(&claim.content));
    let is = form(article, cue, &runs(&content));
    if claim.form == was && is != was {
        claim.form = is;
        claim.group = group(article, claim);
    }
    claim.words = word_count(article, &runs(&content));
    claim.content = content;
    true
}

/// Sets the kind or the form, or both.
pub(super) fn qualify(article: &Article<'_>, claim: &mut Claim, kind: Option<ClaimKind>, form: Option<ClaimForm>) {
    claim.kind = kind.unwrap_or(claim.kind);
    claim.form = form.unwrap_or(claim.form);
    claim.group = group(article, claim);
}

/// How far from a claim the words are looked for that name its source, in UTF-16 code units.
const NEAR: u32 = 600;

/// Where it stands who makes a claim, when the user has said who does: what stood there, if that means the same; else the
/// nearest place with these words, or where the same is meant; none where there is none near. `meant` gives the places that
/// overlap a place where the speaker is meant.
pub(super) fn source(
    article: &Article<'_>,
    claim: &Claim,
    name: &str,
    meant: impl Fn(Span) -> Vec<Span>,
) -> Option<Span> {
    let units = &article.units;
    let is_it = |span: Span| !meant(span).is_empty() || units.slice(span) == name;
    if let Some(source) = claim.source.filter(|&source| is_it(source)) {
        return Some(source);
    }
    let extent = claim.extent();
    let near = Span::new(extent.start.saturating_sub(NEAR), extent.end.saturating_add(NEAR));
    let bytes = units.bytes(near);
    let words = units.text()[bytes.clone()].match_indices(name);
    let words = words.map(|(at, _)| units.span_of_bytes(bytes.start + at, bytes.start + at + name.len()));
    let is_whole = |&span: &Span| article.span(article.tokens_in(span)) == span;
    let near = meant(near).into_iter();
    let can_be = |span: &Span| !claim.content.iter().chain(&claim.cue).any(|part| part.overlaps(*span));
    let from = claim.cue.unwrap_or(extent);
    let far = |span: &Span| span.start.saturating_sub(from.end) + from.start.saturating_sub(span.end);
    words.filter(is_whole).chain(near).filter(can_be).min_by_key(|span| (far(span), *span))
}

/// What is quoted is said, and so is what a word of saying tells; of the rest the kind decides.
fn group(article: &Article<'_>, claim: &Claim) -> Group {
    let spoken = |token: usize| {
        let word = article.word(token).to_lowercase();
        article.language.is_spoken(&word)
            || article
                .language
                .cue_sense(&word)
                .is_some_and(|sense| !sense.weak && sense.kind.group() == Group::Statement)
    };
    let is_said =
        claim.form != ClaimForm::Indirect || claim.cue.is_some_and(|cue| article.tokens_in(cue).range().any(spoken));
    if is_said { Group::Statement } else { claim.kind.group() }
}

fn content(article: &Article<'_>, claim: &Claim, to: Span) -> Vec<Span> {
    let old = claim.extent();
    let mut parts = vec![Span::new(to.start, to.end.min(old.start)), Span::new(to.start.max(old.end), to.end)];
    for taken in [claim.source, claim.cue].into_iter().flatten() {
        let around = |part: Span| {
            [Span::new(part.start, part.end.min(taken.start)), Span::new(part.start.max(taken.end), part.end)]
        };
        // A place beyond what is taken is not cut by it.
        parts = parts
            .into_iter()
            .flat_map(|part| if part.overlaps(taken) { around(part).to_vec() } else { vec![part] })
            .collect();
    }
    parts.retain(|part| !part.is_empty());
    for part in parts.iter_mut().filter(|part| part.end != old.start && part.start != old.end) {
        part.start = opening(article, *part);
    }
    let kept = claim.content.iter().map(|part| Span::new(part.start.max(to.start), part.end.min(to.end)));
    parts.extend(kept);
    parts.retain(|part| !part.is_empty());
    sort(&mut parts);
    parts.dedup_by(|next, part| {
        let touch = part.end == next.start;
        if touch {
            part.end = next.end;
        }
        touch
    });
    parts.into_iter().map(|part| trimmed(&article.units, part)).filter(|part| !part.is_empty()).collect()
}

/// Where something starts that can be said: behind stops and closing quotation marks.
fn opening(article: &Article<'_>, part: Span) -> u32 {
    let closes = |&token: &usize| matches!(article.tokens[token].kind, TokenKind::Punctuation | TokenKind::QuoteClose);
    let first = article.tokens_in(part).range().find(|token| !closes(token));
    first.map_or(part.end, |token| article.tokens[token].span.start.max(part.start))
}

/// A place without the white space at its ends.
fn trimmed(units: &Units<'_>, span: Span) -> Span {
    let bytes = units.bytes(span);
    let text = units.slice(span);
    let start = bytes.end - text.trim_start().len();
    units.span_of_bytes(start, start + text.trim().len())
}

#[cfg(test)]
mod tests {
    use super::super::tests::{annotator, log};
    use super::super::{Edit, Revision, Target, Who};
    use super::*;
    use crate::analysis::fixture;
    use crate::entity::Mention;
    use crate::lang::ENGLISH;
    use crate::scheme::{Mark, MentionForm, Origin};

    const TEXT: &str = "Costs rose. {t “Rents will rise,} and {t fall again,”} {c said} {s {p Anna Berg}} of the Dorn bank on Monday. \
         She left Grebe.";

    fn plain() -> String {
        fixture::analysis(TEXT).0
    }

    /// A place, by its words.
    fn at(exact: &str) -> Target {
        Target { start: u32::MAX, end: u32::MAX, exact: exact.to_owned(), ..Target::default() }
    }

    /// From the first words to the last.
    fn from_to(first: &str, last: &str) -> Target {
        let text = plain();
        let start = text.find(first).expect("it is in the text");
        let end = start + text[start..].find(last).expect("it stands behind") + last.len();
        at(&text[start..end])
    }

    fn respan(mark: Mark, from: Target, to: Target) -> Edit {
        Edit::Respan { target: from, mark, to }
    }

    fn correct(edits: &[Edit]) -> Revision {
        let (text, found) = fixture::analysis(TEXT);
        annotator().correct(&text, &found, &log(edits))
    }

    /// The one claim's parts, and its form; with the orphans.
    fn claim(edits: &[Edit]) -> (Vec<String>, ClaimForm, Vec<String>) {
        let Revision { analysis, orphans, .. } = correct(edits);
        let [claim] = &analysis.claims[..] else { panic!("one claim: {:?}", analysis.claims) };
        let text = plain();
        let article = Article::new(&text, &ENGLISH);
        let parts = claim.content.iter().map(|&part| article.units.slice(part).to_owned()).collect();
        let runs: Vec<Run> = claim.content.iter().map(|&part| article.tokens_in(part)).collect();
        assert_eq!(claim.words, word_count(&article, &runs), "{parts:?}");
        (parts, claim.form, orphans)
    }

    #[test]
    fn the_outer_edges_of_a_claim() {
        let whole = || from_to("“Rents", "again,”");
        let table: &[(Target, &[&str], ClaimForm)] = &[
            (whole(), &["“Rents will rise,", "fall again,”"], ClaimForm::Direct),
            // Cut: within a part, in a gap, beyond a part.
            (from_to("will", "again"), &["will rise,", "fall again"], ClaimForm::Direct),
            (from_to("“Rents", "fall"), &["“Rents will rise,", "fall"], ClaimForm::Direct),
            (from_to("“Rents", "and"), &["“Rents will rise,"], ClaimForm::Direct),
            (from_to("again", "again"), &["again"], ClaimForm::Direct),
            // Grown: what was not quoted is partly quoted now.
            (from_to("rose", "again,”"), &["rose. “Rents will rise,", "fall again,”"], ClaimForm::Mixed),
            (from_to("rose", "will"), &["rose. “Rents will"], ClaimForm::Mixed),
            // Source and cue are not taken, nor is what closes them.
            (from_to("“Rents", "said"), &["“Rents will rise,", "fall again,”"], ClaimForm::Direct),
            (from_to("“Rents", "bank"), &["“Rents will rise,", "fall again,”", "of the Dorn bank"], ClaimForm::Mixed),
            // By characters.
            (from_to("ents", "agai"), &["ents will rise,", "fall agai"], ClaimForm::Direct),
        ];
        for (to, parts, form) in table {
            let (after, form_after, orphans) = claim(&[respan(Mark::Claim, whole(), to.clone())]);
            assert_eq!(
                (after, form_after),
                (parts.iter().map(|&part| part.to_owned()).collect(), *form),
                "{}",
                to.exact
            );
            assert_eq!(orphans, Vec::<String>::new(), "{}", to.exact);
        }
    }

    #[test]
    fn moves_one_after_the_other_and_what_goes_with_them() {
        let whole = || from_to("“Rents", "again,”");
        let short = || from_to("will", "again");
        let cut = respan(Mark::Claim, whole(), short());
        let grown = respan(Mark::Claim, short(), from_to("will", "again,”"));
        let given = |target| Edit::Attribute { target, speaker: Some("Erna Fuchs".to_owned()) };
        let speaker = |edits: &[Edit]| {
            let Revision { analysis, orphans, .. } = correct(edits);
            assert_eq!(orphans, Vec::<String>::new(), "{edits:#?}");
            let claim = &analysis.claims[0];
            assert_eq!((claim.origin, claim.confidence >= 1.0), (Origin::User, true));
            analysis.speakers[claim.speaker.expect("somebody says it") as usize].name.clone()
        };
        assert_eq!(speaker(std::slice::from_ref(&cut)), "Anna Berg");
        assert_eq!(speaker(&[given(whole()), cut.clone(), grown.clone()]), "Erna Fuchs");
        assert_eq!(speaker(&[cut.clone(), given(short())]), "Erna Fuchs");
        assert_eq!(claim(&[cut.clone(), grown]).0, ["will rise,", "fall again,”"]);
        // Once more is once; back and forth is where it was.
        assert_eq!(claim(&[cut.clone(), cut.clone()]), claim(std::slice::from_ref(&cut)));
        let back = respan(Mark::Claim, short(), whole());
        assert_eq!(
            claim(&[cut.clone(), back, Edit::Delete { target: short(), mark: Mark::Claim, everywhere: false }]).0.len(),
            2
        );
        // Orphans: it is not there, was elsewhere, or shares no word with the place.
        for lost in [
            respan(Mark::Claim, short(), whole()),
            respan(Mark::Person, whole(), short()),
            respan(Mark::Claim, whole(), at("Grebe")),
            respan(Mark::Claim, whole(), at("Costs fell")),
        ] {
            assert_eq!(claim(std::slice::from_ref(&lost)).2, ["0"], "{lost:?}");
        }
    }

    #[test]
    fn kind_form_and_group() {
        use ClaimForm::{Direct, Indirect, Mixed};
        use ClaimKind::{Belief, Demand, Denial, Intention, Prediction, Support};
        let text =
            "Costs rose. {s {p Anna Berg}} {c said} {t rents fall}. {s She} {c believes} {t rents rise}. “Rents.”";
        let (text, found) = fixture::analysis(text);
        let [said, believed] = ["rents fall", "rents rise"];
        let edit = |claim: &str, kind, form| Edit::Qualify { target: at(claim), kind, form };
        let first = |claim: &str, edits: &[Edit]| {
            let Revision { analysis, orphans, .. } = annotator().correct(&text, &found, &log(edits));
            assert_eq!(orphans, Vec::<String>::new(), "{edits:#?}");
            let units = Units::new(&text);
            let is_it = |found: &&Claim| units.slice(found.extent()) == claim;
            let claim = analysis.claims.iter().find(is_it).expect("it stays").clone();
            assert!(claim.origin == Origin::User && claim.confidence >= 1.0 && claim.speaker.is_some());
            (claim.kind, claim.form, claim.group)
        };
        let table = [
            (said, Some(Denial), None, (Denial, Indirect, Group::Statement)),
            (said, None, Some(Mixed), (ClaimKind::Statement, Mixed, Group::Statement)),
            (said, Some(Support), Some(Direct), (Support, Direct, Group::Statement)),
            // What is said is no attitude, whatever its kind.
            (said, Some(Intention), None, (Intention, Indirect, Group::Statement)),
            (believed, Some(Intention), None, (Intention, Indirect, Group::Attitude)),
            (believed, Some(Prediction), None, (Prediction, Indirect, Group::Statement)),
            (believed, Some(Belief), Some(Direct), (Belief, Direct, Group::Statement)),
            (believed, Some(Belief), Some(Indirect), (Belief, Indirect, Group::Attitude)),
        ];
        for (claim, kind, form, expected) in table {
            let once = edit(claim, kind, form);
            assert_eq!(first(claim, std::slice::from_ref(&once)), expected, "{claim} {kind:?} {form:?}");
            assert_eq!(first(claim, &[once.clone(), once]), expected, "{claim} {kind:?} {form:?}");
        }
        // The last word holds, of each by itself; and it goes with the claim where that is moved.
        let edits = [edit(said, Some(Denial), Some(Direct)), edit(said, Some(Demand), None)];
        assert_eq!(first(said, &edits), (Demand, Direct, Group::Statement));
        let moved = respan(Mark::Claim, at(said), at("fall"));
        assert_eq!(first("fall", &[&edits[..], &[moved]].concat()), (Demand, Direct, Group::Statement));
        let lost = [edit("Rents", Some(Denial), None), edit(said, None, None)];
        assert_eq!(annotator().correct(&text, &found, &log(&lost)).orphans, ["0", "1"]);
    }

    /// Each name as "label words: who is meant".
    fn names(edits: &[Edit]) -> (Vec<String>, Vec<String>) {
        let Revision { analysis, orphans, .. } = correct(edits);
        let text = plain();
        let units = Units::new(&text);
        let named = analysis.mentions.iter().filter(|mention| mention.form == MentionForm::Name);
        let name = |mention: &Mention| {
            let who = mention.speaker.map_or("nobody", |index| &analysis.speakers[index as usize].name);
            format!("{:?} {}: {who}", mention.label, units.slice(mention.span))
        };
        (named.map(name).collect(), orphans)
    }

    #[test]
    fn the_edges_of_a_name() {
        let anna = || at("Anna Berg");
        let person = |to: &str| respan(Mark::Person, anna(), at(to));
        let somebody = |target| Edit::Split { target, speaker: Some("Carl Lind".to_owned()) };
        let merged = Edit::Merge {
            speaker: Who { name: "Somebody".to_owned(), target: Some(anna()) },
            into: Who { name: "Carl Lind".to_owned(), target: None },
        };
        let bank = Edit::Add { target: at("Dorn bank"), mark: Mark::Institution, everywhere: false };
        let table: &[(&[Edit], &[&str])] = &[
            (&[], &["Person Anna Berg: Anna Berg"]),
            (&[person("Berg")], &["Person Berg: Berg"]),
            (&[person("said Anna Berg")], &["Person said Anna Berg: said Anna Berg"]),
            (&[person("Berg"), person("Berg")], &["Person Berg: Berg"]),
            (&[person("Berg"), respan(Mark::Person, at("Berg"), anna())], &["Person Anna Berg: Anna Berg"]),
            // What it overlaps then, and is of its sort or cut in two, goes.
            (
                &[bank.clone(), person("Anna Berg of the Dorn")],
                &["Person Anna Berg of the Dorn: Anna Berg of the Dorn"],
            ),
            // Who is meant there was said before it was moved.
            (&[somebody(anna()), person("Berg")], &["Person Berg: Carl Lind"]),
            (&[somebody(anna()), person("Anna Berg of")], &["Person Anna Berg of: Carl Lind"]),
            (&[person("Berg"), somebody(at("Berg"))], &["Person Berg: Carl Lind"]),
        ];
        for (edits, expected) in table {
            assert_eq!(
                names(edits),
                (expected.iter().map(|&name| name.to_owned()).collect(), Vec::new()),
                "{edits:#?}"
            );
        }
        let lind = Edit::Add { target: at("Grebe"), mark: Mark::Person, everywhere: false };
        let renamed =
            Edit::Rename { speaker: Who { name: "Grebe".to_owned(), target: None }, name: "Carl Lind".to_owned() };
        let (after, orphans) = names(&[lind, renamed, merged, person("Berg")]);
        assert_eq!(after, ["Person Berg: Carl Lind", "Person Grebe: Carl Lind"]);
        assert_eq!(orphans, Vec::<String>::new());
    }
}
