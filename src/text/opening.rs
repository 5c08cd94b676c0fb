//! Whether a capital after an abbreviation opens a new sentence: "… moved to the U.S. Officials said".

use super::word;
use crate::lang::{Language, Part, is_in, row};

/// How far a verb of saying is looked for behind the capital, in words.
pub(super) const AHEAD: usize = 8;

/// How far back the words before the abbreviation are looked at.
pub(super) const BACK: usize = 24;

/// Whether the words from `next` on open a sentence, given the words of the paragraph up to an abbreviation, the last of
/// `before`.
pub(super) fn opens<'t>(before: &[&'t str], next: &[&'t str], language: &Language) -> bool {
    let (Some((&abbreviation, before)), Some(&first)) = (before.split_last(), next.first()) else { return false };
    if !word::starts_upper(first)
        || !ends_phrase(abbreviation.trim_end_matches('.'), before, language)
        || is_heading(before, language)
    {
        return false;
    }
    let lower = first.to_lowercase();
    let is_small = |word: Option<&&str>| word.is_none_or(|word| !word::starts_upper(word));
    if row(language.courtesies, lower.trim_end_matches('.')).is_some_and(|[_, _, sort]| *sort == "courtesy") {
        return true;
    }
    if is_several(&lower, language) && is_small(next.get(1)) {
        return true;
    }
    let is_acronym = word::is_acronym(abbreviation.trim_end_matches('.'));
    !(is_acronym && is_in(language.titles, &lower)) && says(next, language)
}

/// Whether an abbreviation closes its noun phrase, so that a sentence may end with it: "in the U.S.", "by Acorn Inc.",
/// "in Boston, Mass.", and neither "J." nor "when U.S.".
fn ends_phrase(abbreviation: &str, before: &[&str], language: &Language) -> bool {
    let class = |word: &str| row(language.function_words, &word.to_lowercase()).map(|[_, class]| *class);
    let skips_name = |word: &&&str| word::starts_upper(word) || matches!(**word, "&" | ",");
    let name = before.iter().rev().take_while(skips_name).count();
    let rest = &before[..before.len() - name];
    let governs = |word: &str| {
        class(word) == Some("preposition")
            || language.ends_as(word, Part::Past) && word.len() > 4
            || is_in(language.past_tenses, word)
    };
    let is_governed = |words: &[&str]| match words {
        [.., before, article] if class(article) == Some("determiner") => governs(before),
        [.., last] => governs(last),
        [] => false,
    };
    if word::is_acronym(abbreviation) {
        // "a bank based in Washington, D.C."
        return is_governed(rest);
    }
    // "bought the insurer Penrose & Sons Ltd."
    let described = rest.split_last().filter(|(noun, _)| class(noun).is_none()).map_or(&[][..], |(_, front)| front);
    let is_described = described.last().is_some_and(|word| class(word) == Some("determiner")) && is_governed(described);
    name > 0 && abbreviation.chars().count() > 1 && (is_governed(rest) || is_described)
}

/// Whether the words before have no common noun or verb in small letters: then capitals say nothing.
fn is_heading(before: &[&str], language: &Language) -> bool {
    let is_common = |word: &&str| {
        word.len() > 2
            && word.starts_with(char::is_lowercase)
            && row(language.function_words, &word.to_lowercase()).is_none()
    };
    !before.iter().rev().any(is_common)
}

/// Whether a word in small letters means several persons: "officials", "drivers".
fn is_several(word: &str, language: &Language) -> bool {
    let is_noun = |word: &str| is_in(language.titles, word) || row(language.person_nouns, word).is_some();
    language.singular(word).is_some_and(is_noun) || is_in(language.several_persons, word)
}

/// Whether a verb of saying follows a capital with few words between, which do not go on with the name of an institution:
/// "U.S. *Department of* Ports", "U.S. *Army* said", but "*Union officials* said".
fn says(next: &[&str], language: &Language) -> bool {
    let is_verb = |word: &&str| is_in(language.replies, word) || is_in(language.other_replies, word);
    let Some(verb) = next.iter().take(AHEAD).position(is_verb).filter(|&verb| verb > 0) else { return false };
    let goes_on = |at: usize| {
        let is_head = at + 1 == verb || word::starts_upper(next[at + 1]) || is_in(language.office_leads, next[at + 1]);
        is_head && is_in(language.organisation_words, &next[at].to_lowercase())
    };
    (0..verb).all(|at| next[at].starts_with(|first: char| first.is_alphanumeric()) && !goes_on(at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::ENGLISH;

    #[test]
    fn what_follows_an_abbreviation() {
        let table = [
            ("The firm moved to the U.S. | Officials said so", true),
            ("The engineers came from the U.S.A. | Benjamin D. Leeson said so", true),
            ("He works for Acorn Corp Inc. | Mr. Hale said so", true),
            ("It bought the insurer Penrose & Sons Ltd. | Chairwoman Edith Vance told them", true),
            ("He moved to Alexandria, Va. | Union officials warned", true),
            // A part of the name behind it.
            ("A spokesman for the U.S. | Department of Ports said so", false),
            ("He was sent to the U.S. | Army", false),
            ("It happened when U.S. | President Berg said so", false),
            ("He spoke to U.S. | Senator Berg", false),
            ("The report, Acorn Inc. | Chairman Berg said", false),
            ("He met Benjamin D. | Leeson said so", false),
            ("Firm Moves to the U.S. | Officials Say", false),
        ];
        for (text, expected) in table {
            let (before, next) = text.split_once(" | ").expect("a bar");
            let [before, next] = [before, next].map(|text| text.replace(',', " ,"));
            let [before, next] = [&before, &next].map(|text| text.split(' ').collect::<Vec<_>>());
            assert_eq!(opens(&before, &next, &ENGLISH), expected, "{text}");
        }
    }
}
