//! Names of institutions made whole by what the article says around them: the acronym in brackets, the court's district,
//! the campaign of a person, the cause that a body is named for.

use std::collections::HashSet;

use super::mention::{Mention, to_thousandths};
use crate::lang::is_in;
use crate::lexis::{Class, Words};
use crate::order::sort_by_key;
use crate::scheme::{Label, MentionForm, Origin};
use crate::span::{Run, Span};
use crate::text::TokenKind;

/// How sure a name is that was made so.
const CONFIDENCE: f32 = 0.7;

/// The longest name that an acronym stands for, in tokens.
const LONGEST: usize = 14;

/// Makes names of institutions whole, and adds those that are made of a person's name: all in the order of the text.
pub(super) fn make_whole(words: &Words<'_, '_>, mentions: &mut Vec<Mention>) {
    let article = words.article;
    let mut found: Vec<Run> = Vec::new();
    for mention in mentions.iter() {
        let run = article.tokens_in(mention.span);
        let end = match mention.label {
            Label::Person => of_person(words, run),
            Label::Institution => district(words, run),
            Label::Place => None,
        };
        found.extend(end.map(|end| Run::new(run.start, end)));
    }
    found.extend(causes(words, mentions));
    for run in found {
        put(words, mentions, run);
    }
    let acronyms = acronyms(words);
    let short: HashSet<&str> = acronyms.iter().map(|&(_, acronym)| article.word(acronym)).collect();
    for (name, _) in acronyms {
        put(words, mentions, name);
    }
    for token in (0..article.tokens.len()).filter(|&token| short.contains(article.word(token))) {
        put(words, mentions, Run::new(token, token + 1));
    }
}

/// Marks an institution, in place of those within it; the person within it stays, and what reaches farther as well.
fn put(words: &Words<'_, '_>, mentions: &mut Vec<Mention>, run: Run) {
    let span = words.article.span(run);
    if !words.article.paragraphs[words.article.paragraph_of(run.start)].zone.is_read() {
        return;
    }
    let is_in_the_way =
        |other: &Mention| other.span.overlaps(span) && (other.label != Label::Person || other.span == span);
    let from = mentions.partition_point(|mention| mention.span.end <= span.start);
    let until = from + mentions[from..].iter().take_while(|mention| mention.span.start < span.end).count();
    let around = &mentions[from..until];
    let reaches_farther = |other: &Mention| !span.contains(other.span);
    let is_known = |other: &Mention| other.span == span && other.label == Label::Institution;
    if around.iter().any(|other| reaches_farther(other) || is_known(other)) {
        return;
    }
    let mut kept: Vec<Mention> = around.iter().filter(|other| !is_in_the_way(other)).cloned().collect();
    kept.push(institution(span));
    sort_by_key(&mut kept, |mention| mention.span);
    mentions.splice(from..until, kept);
}

fn institution(span: Span) -> Mention {
    let confidence = to_thousandths(CONFIDENCE);
    Mention {
        span,
        label: Label::Institution,
        form: MentionForm::Name,
        confidence,
        origin: Origin::Rule,
        speaker: None,
    }
}

/// Where "the Clinton campaign" ends that starts with a person's name.
fn of_person(words: &Words<'_, '_>, name: Run) -> Option<usize> {
    let is_body = is_in(words.language.campaigns, words.lower(name.end));
    (is_body && !words.is_title_case(name.end)).then_some(name.end + 1)
}

/// Where "the Court of Appeals for the Sixth Circuit" ends, of which the court was found.
fn district(words: &Words<'_, '_>, name: Run) -> Option<usize> {
    let is_court = name.range().any(|token| is_in(words.language.courts, words.lower(token)));
    let of = is_in(words.language.office_leads, words.lower(name.end));
    if !is_court || !of {
        return None;
    }
    let start = name.end + 1 + usize::from(is_in(words.language.definite_articles, words.lower(name.end + 1)));
    end_of_name(words, start)
}

/// Where a name ends that goes on at a token: at most eight tokens later.
fn end_of_name(words: &Words<'_, '_>, start: usize) -> Option<usize> {
    let belongs = |token: &usize| {
        words.is_capitalised(*token)
            || words.kind(*token) == TokenKind::Number
            || is_in(words.language.name_joints, words.lower(*token)) && words.is_capitalised(*token + 1)
    };
    (start..words.classes.len()).take(8).take_while(belongs).last().map(|last| last + 1)
}

/// The bodies with an article in the name of their cause: "the Committee for a Responsible Federal Budget".
fn causes(words: &Words<'_, '_>, mentions: &[Mention]) -> Vec<Run> {
    let article = words.article;
    let is_head = |&head: &usize| {
        is_in(words.language.cause_bodies, words.lower(head))
            && is_in(words.language.office_leads, words.lower(head + 1))
            && is_in(words.language.indefinite_articles, words.lower(head + 2))
            && words.is_capitalised(head)
            && !words.is_title_case(head)
    };
    let named = |head: usize| {
        let end = end_of_name(words, head + 3)?;
        let is_before = |one: &&Mention| one.label != Label::Person && article.tokens_in(one.span).end == head + 1;
        let start = mentions.iter().find(is_before).map_or(head, |one| article.tokens_in(one.span).start);
        // "Citizens for a Better Halden and Anna Berg" are two.
        let persons = mentions.iter().filter(|one| one.label == Label::Person).map(|one| article.tokens_in(one.span));
        let person = persons.map(|person| person.start).find(|&person| (head + 3..end).contains(&person));
        let end = person
            .map_or(end, |person| person - usize::from(is_in(words.language.name_joints, words.lower(person - 1))));
        (end > head + 3).then_some(Run::new(start, end))
    };
    (0..article.tokens.len()).filter(is_head).filter_map(named).collect()
}

/// The names that an acronym in brackets follows, each with its acronym's token: "the Alliance to Reclaim Our Schools
/// (AROS)". Its letters are the first letters of the name's words, small words passed over where they have to be.
fn acronyms(words: &Words<'_, '_>) -> Vec<(Run, usize)> {
    let article = words.article;
    let count = article.tokens.len();
    let bracketed =
        (1..count.saturating_sub(2)).filter(|&open| article.word(open) == "(" && article.word(open + 2) == ")");
    let found = bracketed.filter_map(|open| {
        let acronym = article.word(open + 1);
        let letters: Vec<char> = acronym.chars().filter(|&letter| letter != '.').collect();
        let fits = (3..=7).contains(&letters.len()) && letters.iter().all(|letter| letter.is_uppercase());
        let start = if fits { spelt(words, &letters, open) } else { None };
        start.map(|start| (Run::new(start, open), open + 1))
    });
    found.collect()
}

/// Where the name starts that these letters are short for and that ends before a token.
fn spelt(words: &Words<'_, '_>, letters: &[char], end: usize) -> Option<usize> {
    let mut left = letters.len();
    let mut token = end;
    while left > 0 {
        token = token.checked_sub(1).filter(|&token| end - token <= LONGEST)?;
        let initial = words.article.word(token).chars().next()?;
        let is_letter = initial.to_lowercase().eq(letters[left - 1].to_lowercase());
        let is_small = matches!(words.class(token), Class::Preposition | Class::Determiner | Class::Coordinator)
            || is_in(words.language.group_possessives, words.lower(token));
        if is_letter && (words.is_capitalised(token) || is_small && left > 1) {
            left -= 1;
        } else if !is_small && words.article.word(token) != "-" {
            return None;
        }
    }
    words.is_capitalised(token).then_some(token)
}

#[cfg(test)]
mod tests {
    use crate::Units;
    use crate::analysis::fixture::analysis;
    use crate::scheme::Label;

    /// The names of a marked-up text, each with the letter of its mark.
    fn names(marked: &str) -> Vec<String> {
        let (text, analysis) = analysis(marked);
        let units = Units::new(&text);
        let letter = |label| match label {
            Label::Person => 'p',
            Label::Institution => 'i',
            Label::Place => 'l',
        };
        analysis.mentions.iter().map(|one| format!("{} {}", letter(one.label), units.slice(one.span))).collect()
    }

    #[test]
    fn names_are_made_whole() {
        let table: [(&str, &[&str]); 29] = [
            // The acronym in brackets tells where a name starts and ends, and is a name itself wherever it stands.
            ("The Alliance to Reclaim Our Schools (AROS) left.", &["i Alliance to Reclaim Our Schools", "i AROS"]),
            (
                "AROS left. The Alliance to Reclaim Our Schools (AROS) slept.",
                &["i AROS", "i Alliance to Reclaim Our Schools", "i AROS"],
            ),
            ("The Alliance to {i Reclaim Our Schools} (AROS) left.", &["i Alliance to Reclaim Our Schools", "i AROS"]),
            ("The Union of {l Halden} Teachers (UHT) left.", &["i Union of Halden Teachers", "i UHT"]),
            ("The Union of Halden Teachers (U.H.T.) left.", &["i Union of Halden Teachers", "i U.H.T."]),
            ("The {p Anna Berg} Foundation (ABF) left.", &["p Anna Berg", "i Anna Berg Foundation", "i ABF"]),
            ("The {i Union of Halden Teachers} ({i UHT}) left.", &["i Union of Halden Teachers", "i UHT"]),
            // What reaches farther stays.
            ("{i Kent Union of Halden Teachers} (UHT) left.", &["i Kent Union of Halden Teachers", "i UHT"]),
            // Letters that are not the name's, too few, small ones, none.
            ("The Alliance to Reclaim Our Schools (XYZ) left.", &[]),
            ("The Halden Union (HU) left.", &[]),
            ("The old man slept (oms) here.", &[]),
            ("The old man slept (OMS) here.", &[]),
            ("The Union of Halden Teachers () left.", &[]),
            ("(UHT) left.", &[]),
            // The campaign, the administration, the camp of a person.
            ("The {p Berg} campaign left.", &["p Berg", "i Berg campaign"]),
            ("The {p Berg} administration left.", &["p Berg", "i Berg administration"]),
            ("The {p Anna Berg} dog left.", &["p Anna Berg"]),
            ("{p Berg} campaigned.", &["p Berg"]),
            // The district of a court.
            ("The {i Court of Appeals} for the Sixth Circuit sat.", &["i Court of Appeals for the Sixth Circuit"]),
            ("The {i High Court} of {l Halden} sat.", &["i High Court of Halden"]),
            ("The {i Court of Appeals} for the old sat.", &["i Court of Appeals"]),
            ("The {i Court of Appeals} sat.", &["i Court of Appeals"]),
            ("{i Acme Bank} of {l Halden} fell.", &["i Acme Bank", "l Halden"]),
            // The cause of a body.
            ("The Committee for a {i Better Halden} fell.", &["i Committee for a Better Halden"]),
            ("The {i Halden Committee} for a Better Bank fell.", &["i Halden Committee for a Better Bank"]),
            ("Citizens for an Old Bank and {p Anna Berg} left.", &["i Citizens for an Old Bank", "p Anna Berg"]),
            ("The Committee for a while left.", &[]),
            ("The {i Senate} for a {l Halden} bank left.", &["i Senate", "l Halden"]),
            ("The committee for a {i Better Halden} fell.", &["i Better Halden"]),
        ];
        let wrong: Vec<_> = table.iter().filter(|(text, expected)| names(text) != *expected).collect();
        let found: Vec<_> = wrong.iter().map(|(text, expected)| (text, names(text), expected)).collect();
        assert!(wrong.is_empty(), "text, found, expected: {found:#?}");
    }
}
