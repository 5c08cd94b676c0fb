//! Blanks and signs that a corpus's tokens left in its texts, and no article has: " - " within a word, "“ No", "& lt;".

use std::sync::LazyLock;

use regex::Regex;

use super::{Corpus, Edits, Sample};
use whosaid::lang::{ENGLISH, row};

/// Where a rule holds, what it finds, and what takes the place of its first group.
struct Rule {
    corpora: &'static [Corpus],
    find: Regex,
    put: &'static str,
}

static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    use Corpus::{Btc, Conll, Gum, Wnut};
    let rule = |corpora, find: &str, put| Rule { corpora, find: Regex::new(find).expect("it is written here"), put };
    vec![
        rule(&[Gum], r"\w( )n['’]t\b", ""),
        rule(&[Gum, Conll], r"(?i)\w( )['’](?:s|m|re|ve|ll|d)\b", ""),
        rule(&[Gum, Btc], r"[“‘]( )\S", ""),
        rule(&[Gum, Btc], r"\S( )”", ""),
        rule(&[Gum], r"\w( / )\w", "/"),
        rule(&[Gum], r"\b(?:gon|wan)( )na\b", ""),
        rule(&[Btc, Wnut], "(& ?lt;)", "<"),
        rule(&[Btc, Wnut], "(& ?gt;)", ">"),
        rule(&[Btc, Wnut], "(& ?amp;)", "&"),
        rule(&[Btc], r#"('"')"#, "\""),
        rule(&[Btc], r"@( )\w", ""),
        rule(&[Btc], r"\d,( )\d{3}\b", ""),
        rule(&[Btc], r"\d[.:]( )\d", ""),
        rule(&[Btc], r"\bU\.( )S\.", ""),
        rule(&[Conll], r"\$( )\d", ""),
        rule(&[Conll], r#"[,?!]( ")(?:he|she|it|they) (?:said|told|added)\b"#, "\" "),
    ]
});

/// A sample as somebody would have typed it.
pub(super) fn tidy(sample: &Sample) -> Sample {
    let mut edits = Edits::default();
    for rule in RULES.iter().filter(|rule| rule.corpora.contains(&sample.corpus)) {
        for found in rule.find.captures_iter(&sample.text) {
            if let Some(part) = found.get(1) {
                edits.replace(part.range(), rule.put);
            }
        }
    }
    if sample.corpus == Corpus::Gum {
        hyphens(&sample.text, &mut edits);
    }
    if edits.is_empty() { sample.clone() } else { edits.apply(sample) }
}

/// "Eye - Tracking" becomes one word; before a function word that is no part of such a word, the mark stays a dash.
fn hyphens(text: &str, edits: &mut Edits) {
    for (at, mark) in text.match_indices(" - ") {
        let end = at + mark.len();
        let after: String = text[end..].chars().take_while(|letter| letter.is_alphanumeric()).collect();
        let is_word = text[..at].ends_with(char::is_alphanumeric) && !after.is_empty();
        let is_clause = row(ENGLISH.function_words, &after.to_lowercase())
            .is_some_and(|[_, class]| !matches!(*class, "preposition" | "coordinator"));
        if is_word && !is_clause {
            edits.replace(at..end, "-");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: [(Corpus, &str, &str); 13] = [
        (Corpus::Gum, "Eye - Tracking - it works - a thirty - two", "Eye-Tracking - it works - a thirty-two"),
        (Corpus::Gum, "step - by - step, father - in - law", "step-by-step, father-in-law"),
        (Corpus::Gum, "“ I ’m here, ” she did n’t say and / or", "“I’m here,” she didn’t say and/or"),
        (Corpus::Gum, "the workers 's club, 'so' and 'them'", "the workers's club, 'so' and 'them'"),
        (Corpus::Gum, "I 'm gon na go", "I'm gonna go"),
        (Corpus::Btc, "RT @ berg: '\"'6, 000'\"' & lt; 3", "RT @berg: \"6,000\" < 3"),
        (Corpus::Btc, "In the U. S. at 8: 05, 2. 4mm", "In the U.S. at 8:05, 2.4mm"),
        (Corpus::Btc, "3 - 5 pm", "3 - 5 pm"),
        (Corpus::Wnut, "AT&amp;T &gt; you", "AT&T > you"),
        (Corpus::Conll, "BERG 'S SHIRT (C$ 30)", "BERG'S SHIRT (C$30)"),
        (Corpus::Conll, "like this, \"he said. \"he said so\"", "like this,\" he said. \"he said so\""),
        (Corpus::Conll, "NOTE - the year", "NOTE - the year"),
        (Corpus::Wikigold, "“ a - b", "“ a - b"),
    ];

    #[test]
    fn texts_read_as_they_were_typed() {
        for (corpus, before, after) in TABLE {
            let sample = Sample::plain(corpus, before);
            assert_eq!(tidy(&sample).text, after);
        }
    }
}
