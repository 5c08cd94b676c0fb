//! Names without what is no part of them, and as what they are: "Hello Anna", "the Dale Potter Professor", "Joanna March".

use std::collections::HashSet;

use super::mention::{Mention, to_thousandths};
use crate::lang::{Categories, is_in, row};
use crate::lexis::{Class, Lexicon, Words};
use crate::model::Reading;
use crate::scheme::{Label, MentionForm, Origin};
use crate::span::Run;
use crate::text::TokenKind;

/// How sure a name is that only its surroundings tell.
const CONFIDENCE: f32 = 0.6;

/// Mends the names of an article, which stay in the order of the text.
pub(super) fn mend(words: &Words<'_, '_>, lexicon: &Lexicon, reading: &Reading, mentions: &mut Vec<Mention>) {
    let article = words.article;
    let names = capitals(words);
    mentions.retain_mut(|mention| {
        let run = article.tokens_in(mention.span);
        let run = without_front(words, run, mention.label);
        if run.is_empty() || is_common(words, lexicon, &names, run, mention) || is_chair(words, run, mention.label) {
            return false;
        }
        let run = without_title(words, run, mention.label);
        mention.span = article.span(run);
        mention.label = label(words, run, mention.label);
        true
    });
    months(words, mentions);
    places(words, mentions);
    let missed = [persons(words, reading), institutions(words), owned(words, reading, mentions)].concat();
    for (run, label) in missed {
        put(words, mentions, run, label);
    }
}

/// Adds a name where none is.
fn put(words: &Words<'_, '_>, mentions: &mut Vec<Mention>, run: Run, label: Label) {
    let span = words.article.span(run);
    let at = mentions.partition_point(|mention| mention.span.end <= span.start);
    if mentions.get(at).is_some_and(|next| next.span.start < span.end) {
        return;
    }
    let confidence = to_thousandths(CONFIDENCE);
    let origin = Origin::Rule;
    mentions.insert(at, Mention { span, label, form: MentionForm::Name, confidence, origin, speaker: None });
}

/// A name without "Hello", "Disgraced", "Ousted" before it.
fn without_front(words: &Words<'_, '_>, run: Run, label: Label) -> Run {
    let lower = words.lower(run.start);
    let greets = label == Label::Person && is_in(words.language.greetings, lower);
    let cuts = run.len() > 1 && label != Label::Place && (greets || is_in(words.language.qualifiers, lower));
    Run::new(run.start + usize::from(cuts), run.end)
}

/// Whether "the" stands before some words.
pub(super) fn follows_the(words: &Words<'_, '_>, run: Run) -> bool {
    run.start > 0 && is_in(words.language.definite_articles, words.lower(run.start - 1))
}

/// "The Dale Potter Professor of Management": a chair that bears a name.
fn is_chair(words: &Words<'_, '_>, run: Run, label: Label) -> bool {
    let is_chair = |token: usize| is_in(words.language.chairs, words.lower(token));
    let within = run.len() > 1 && is_chair(run.end - 1) && is_in(words.language.chair_joints, words.lower(run.end));
    let before = is_chair(run.end)
        && words.is_capitalised(run.end)
        && is_in(words.language.chair_joints, words.lower(run.end + 1));
    label == Label::Person && follows_the(words, run) && (within || before)
}

/// "Mr. Berg" is called Berg, "Anna Berg Professor" Anna Berg, and so is "Mayor Anna Berg of Sandvik".
fn without_title(words: &Words<'_, '_>, run: Run, label: Label) -> Run {
    if label != Label::Person {
        return run;
    }
    let bare = run.range().find(|&token| !words.is_title(token)).unwrap_or(run.end);
    let of = (bare + 2..run.end).find(|&token| is_in(words.language.owner_leads, words.lower(token)));
    let run = Run::new(run.start, of.unwrap_or(run.end));
    let ends = run.len() > 2 && is_in(words.language.academics, words.lower(run.end - 1));
    // A courtesy that is written out may be a part of the name: "Lady Gaga".
    let is_short =
        |word: &str| word.strip_suffix('.').is_some_and(|word| row(words.language.courtesies, word).is_some());
    let starts =
        is_short(words.lower(run.start)) && run.len() > 1 && !is_in(words.language.titles, words.lower(run.start + 1));
    Run::new(run.start + usize::from(starts), run.end - usize::from(ends))
}

/// The words that have a capital within a sentence somewhere, so that it is a name's.
fn capitals<'w>(words: &'w Words<'_, '_>) -> HashSet<&'w str> {
    let sentences = words.article.sentences.iter().filter(|sentence| !words.is_title_case(sentence.tokens.start));
    let inside = sentences.flat_map(|sentence| sentence.tokens.range().skip(1));
    inside.filter(|&token| words.is_capitalised(token)).map(|token| words.lower(token)).collect()
}

/// Whether an institution is a common noun: "the tram", "Tram drivers".
fn is_common(words: &Words<'_, '_>, lexicon: &Lexicon, names: &HashSet<&str>, run: Run, mention: &Mention) -> bool {
    let lower = words.lower(run.start);
    if mention.label != Label::Institution
        || run.len() > 1
        || is_in(words.language.institutions, lower)
        || is_in(words.language.chambers, lower)
    {
        return false;
    }
    let word = words.article.word(run.start);
    if word.chars().all(char::is_lowercase) {
        let paragraph = &words.article.paragraphs[words.article.paragraph_of(run.start)];
        let has_article = run.start > 0 && words.class(run.start - 1) == Class::Determiner;
        return has_article && paragraph.tokens.range().any(|token| words.is_capitalised(token));
    }
    let opens = words.article.sentences[words.article.sentence_of(run.start)].tokens.start == run.start;
    let next = words.lower(run.end);
    let is_noun = |word: &str| is_in(words.language.titles, word) || row(words.language.person_nouns, word).is_some();
    let describes = words.language.singular(next).is_some_and(is_noun) || is_in(words.language.head_nouns, next);
    opens
        && word.contains(char::is_lowercase)
        && describes
        && !words.is_capitalised(run.end)
        && !names.contains(lower)
        && !lexicon.categories(lower).has(Categories::ORGANISATION)
}

/// What a name names: "Elan Mosk was born" and "Morrow, a columnist," are persons.
fn label(words: &Words<'_, '_>, run: Run, label: Label) -> Label {
    let is_full = (2..4).contains(&run.len()) && run.range().all(|token| words.is_capitalised(token));
    let is_plain = is_full && run.range().all(|token| !is_in(words.language.organisation_words, words.lower(token)));
    let lives =
        is_in(words.language.linking, words.lower(run.end)) && is_in(words.language.living, words.lower(run.end + 1));
    let is_analyst = is_in(words.language.market_watchers, words.article.word(run.end.min(words.classes.len() - 1)));
    let names_next = is_analyst && words.is_capitalised(run.end + 1);
    // "Morrow, a columnist for the Tornby Star,"
    let is_somebody = run.len() == 1
        && words.lower(run.end) == ","
        && is_in(words.language.indefinite_articles, words.lower(run.end + 1))
        && row(words.language.person_nouns, words.lower(run.end + 2)).is_some();
    // "The Orrin Courier": nobody's full name follows an article, but for a name that another noun follows ("the Anna Berg case").
    let is_thing =
        is_full && follows_the(words, run) && !words.is_title(run.start) && words.class(run.end) != Class::Open;
    match label {
        Label::Institution if is_plain && lives || is_somebody => Label::Person,
        Label::Person if is_thing => Label::Institution,
        Label::Person if run.len() == 2 && names_next => Label::Institution,
        label => label,
    }
}

/// Makes places of names that were taken for persons', "the Orrin" beside "Port Orrin", "the mayor of Sandvik", and adds to
/// places what a dateline's capitals left out of them, "PORT ORRIN".
fn places(words: &Words<'_, '_>, mentions: &mut [Mention]) {
    let article = words.article;
    let mut of_places: HashSet<&str> = HashSet::new();
    let mut of_persons: HashSet<&str> = HashSet::new();
    for mention in mentions.iter() {
        let run = article.tokens_in(mention.span);
        match mention.label {
            Label::Place => of_places.extend(run.range().map(|token| words.lower(token))),
            Label::Person if run.len() > 1 => of_persons.extend(run.range().map(|token| words.lower(token))),
            _ => {}
        }
    }
    let mut before = 0;
    for mention in mentions {
        let run = article.tokens_in(mention.span);
        let word = words.lower(run.start);
        let is_place = of_places.contains(word) && !of_persons.contains(word);
        // "the mayor of Sandvik", of somebody of whom nothing else is said.
        let is_governed = run.start > 1
            && is_in(words.language.owner_leads, words.lower(run.start - 1))
            && is_in(words.language.offices, words.lower(run.start - 2))
            && !of_persons.contains(word);
        let is_the_place = follows_the(words, run) && is_place;
        if mention.label == Label::Person && run.len() == 1 && (is_the_place || is_governed) {
            mention.label = Label::Place;
        }
        if mention.label == Label::Place {
            let paragraph = &article.paragraphs[article.paragraph_of(run.start)];
            let start = paragraph.tokens.start.max(before);
            if run.end <= paragraph.body_from && (start..run.end).all(|token| is_loud(words, token)) {
                mention.span = article.span(Run::new(start, run.end));
            }
        }
        before = run.end;
    }
}

/// Makes "Joanna March" whole of which the month was left out, and finds "March" alone.
fn months(words: &Words<'_, '_>, mentions: &mut Vec<Mention>) {
    let article = words.article;
    let is_month =
        |token: usize| words.is_capitalised(token) && is_in(words.language.ambiguous_months, words.lower(token));
    let mut families: HashSet<&str> = HashSet::new();
    for index in 0..mentions.len() {
        let run = article.tokens_in(mentions[index].span);
        let next = mentions.get(index + 1).map_or(usize::MAX, |next| article.tokens_in(next.span).start);
        let follows = mentions[index].label == Label::Person && is_month(run.end) && run.end < next;
        if follows && words.kind(run.end + 1) != TokenKind::Number {
            mentions[index].span = article.span(Run::new(run.start, run.end + 1));
        }
        let run = article.tokens_in(mentions[index].span);
        if mentions[index].label == Label::Person && run.len() > 1 && is_month(run.end - 1) {
            families.insert(words.lower(run.end - 1));
        }
    }
    if families.is_empty() {
        return;
    }
    let dated = |token: usize| {
        words.kind(token + 1) == TokenKind::Number
            || token > 0
                && (matches!(words.class(token - 1), Class::Preposition | Class::Determiner | Class::Time)
                    || words.kind(token - 1) == TokenKind::Number
                    || is_in(words.language.month_leads, words.lower(token - 1)))
    };
    for token in 0..article.tokens.len() {
        if is_month(token) && families.contains(words.lower(token)) && !dated(token) {
            put(words, mentions, Run::new(token, token + 1), Label::Person);
        }
    }
}

fn is_loud(words: &Words<'_, '_>, token: usize) -> bool {
    words.article.word(token).chars().all(char::is_uppercase)
}

fn is_name(words: &Words<'_, '_>, token: usize) -> bool {
    words.is_capitalised(token) && words.class(token) == Class::Open
}

/// Names with a particle that were missed where they speak: "Marijke van der Laan".
fn persons(words: &Words<'_, '_>, reading: &Reading) -> Vec<(Run, Label)> {
    let sources = reading.candidates.iter().filter_map(|candidate| candidate.source);
    let found = sources.filter_map(|source| {
        let is_particle =
            |token: usize| is_in(words.language.inner_particles, words.lower(token)) && !words.is_capitalised(token);
        let first = source.start;
        let particles = (first + 1..source.end).take_while(|&token| is_particle(token)).count();
        let last = first + 1 + particles;
        let fits = particles > 0 && is_name(words, first) && last < source.end && is_name(words, last);
        fits.then(|| (Run::new(first, last + 1), Label::Person))
    });
    found.collect()
}

/// Institutions that were missed where they speak, behind who owns them: "George Lukacs’s Lukacsfilm said".
fn owned(words: &Words<'_, '_>, reading: &Reading, mentions: &[Mention]) -> Vec<(Run, Label)> {
    let sources = reading.candidates.iter().filter_map(|candidate| candidate.source);
    let found = sources.filter_map(|source| {
        let start = words.article.span(source).start;
        let at = mentions.partition_point(|mention| mention.span.start < start);
        let owner = mentions.get(at).filter(|owner| owner.span.start == start && owner.label == Label::Person)?;
        let mark = words.article.tokens_in(owner.span).end;
        let name = Run::new(mark + 1, source.end.max(mark + 1));
        let fits = is_in(words.language.possessive_marks, words.lower(mark))
            && !name.is_empty()
            && name.range().all(|token| is_name(words, token) && !words.is_title(token))
            && !is_loud(words, source.start)
            && !words.is_title_case(mark);
        fits.then_some((name, Label::Institution))
    });
    found.collect()
}

/// Institutions that were missed behind an office: "president of Sable Beauty Supply".
fn institutions(words: &Words<'_, '_>) -> Vec<(Run, Label)> {
    let article = words.article;
    let mut found = Vec::new();
    for of in 1..article.tokens.len() {
        let is_office = is_in(words.language.affiliations, words.lower(of))
            && is_in(words.language.executives, words.lower(of - 1))
            && !words.is_title_case(of);
        if !is_office {
            continue;
        }
        let start = of + 1 + usize::from(is_in(words.language.definite_articles, words.lower(of + 1)));
        let is_name =
            |&token: &usize| words.is_capitalised(token) && matches!(words.class(token), Class::Open | Class::Adverb);
        let mut run = Run::new(start, start + (start..article.tokens.len()).take(6).take_while(is_name).count());
        // "the Joint Chiefs of Staff"
        let goes_on =
            run.len() > 1 && is_in(words.language.owner_leads, words.lower(run.end)) && is_name(&(run.end + 1));
        run.end += 2 * usize::from(goes_on);
        let sentence = article.sentences[article.sentence_of(of)].tokens;
        // Names with a word for an institution are read from their words: speaker/phrase.rs.
        let is_plain = run.range().all(|token| !is_in(words.language.organisation_words, words.lower(token)));
        if run.len() > 1 && is_plain && run.end <= sentence.end {
            found.push((run, Label::Institution));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::ENGLISH;
    use crate::text::Article;

    #[test]
    fn a_person_is_called_without_titles_and_places() {
        for (text, expected) in [
            ("Mr. Berg", "Berg"),
            ("Anna Berg Professor", "Anna Berg"),
            ("Mayor Anna Berg of Sandvik", "Mayor Anna Berg"),
            // A part of the name.
            ("Lady Gaga", "Lady Gaga"),
            ("Ms Berg", "Ms Berg"),
            ("Mr. President", "Mr. President"),
            ("Joan of Arc", "Joan of Arc"),
        ] {
            let article = Article::new(text, &ENGLISH);
            let words = Words::new(&article);
            let run = without_title(&words, Run::new(0, article.tokens.len()), Label::Person);
            assert_eq!(article.slice(run), expected);
        }
    }

    #[test]
    fn what_has_a_mayor_is_a_place() {
        for (text, expected) in [
            ("It rained, said the mayor of Sandvik.", Label::Place),
            ("It rained, said the brother of Sandvik.", Label::Person),
            ("It rained, said the mayor of Sandvik. Anna Sandvik left.", Label::Person),
        ] {
            let article = Article::new(text, &ENGLISH);
            let words = Words::new(&article);
            let named = |run: Run| Mention {
                span: article.span(run),
                label: Label::Person,
                form: MentionForm::Name,
                confidence: 1.0,
                origin: Origin::Model,
                speaker: None,
            };
            let is_name = |token: &usize| words.lower(*token) == "sandvik";
            let places_of = (0..article.tokens.len())
                .filter(is_name)
                .map(|token| named(Run::new(token - usize::from(words.lower(token - 1) == "anna"), token + 1)));
            let mut mentions: Vec<Mention> = places_of.collect();
            places(&words, &mut mentions);
            assert_eq!(mentions[0].label, expected, "{text}");
        }
    }
}
