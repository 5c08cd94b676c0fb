//! Other headlines, datelines, lines and paragraphs.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use whosaid::lang::ENGLISH;
use whosaid::text::Article;

use super::letter;
use crate::corpus::{Edits, Sample};
use crate::random::Random;

/// The most tokens that a first line may have to be taken for a headline.
const LONGEST: usize = 24;

static BREAK: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\n\s*").expect("it is written here"));
static DATELINE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[^\n]+\n([A-Z][A-Z .'-]+(?:, [A-Z][A-Za-z. ]+)?)( \d{4}-(\d\d)-(\d\d)\n)\S")
        .expect("it is written here")
});

/// Its headline without the stop that the corpus put there, sometimes in capitals or with capitals.
pub(super) fn headline(sample: &Sample, random: &mut Random) -> Sample {
    let article = Article::new(&sample.text, &ENGLISH);
    let Some(first) = article.paragraphs.first().filter(|_| article.paragraphs.len() > 1) else {
        return sample.clone();
    };
    let tokens = first.tokens.range();
    if tokens.len() > LONGEST {
        return sample.clone();
    }
    let mut edits = Edits::default();
    let last = tokens.end - 1;
    if matches!(article.word(last), "." | ";") {
        let (start, end) = article.tokens[last].bytes;
        edits.replace(start..end, "");
    }
    match random.below(8) {
        0 => letter::capitals(&article, tokens, &mut edits),
        1 | 2 => letter::title_case(&article, tokens, &mut edits, false),
        3 => letter::title_case(&article, tokens, &mut edits, true),
        _ => {}
    }
    edits.apply(sample)
}

/// "BONN 1996-08-22" as agencies print it, before the first words: "BONN (Reuters) - ", "BONN, Aug 22 (Reuters) - ", "BONN — ".
pub(super) fn dateline(sample: &Sample, random: &mut Random) -> Sample {
    let Some(found) = DATELINE.captures(&sample.text) else { return sample.clone() };
    let (Some(city), Some(rest)) = (found.get(1), found.get(2)) else { return sample.clone() };
    let number = |group: usize| found.get(group).and_then(|digits| digits.as_str().parse::<usize>().ok()).unwrap_or(1);
    let months = ["Jan", "Feb", "March", "April", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec"];
    let date = format!("{} {}", months[(number(3) + 11) % 12], number(4));
    let mut edits = Edits::default();
    match random.below(5) {
        0 => edits.replace(rest.range(), " (Reuters) - "),
        1 => edits.replace(rest.range(), format!(", {date} (Reuters) - ")),
        2 => edits.replace(rest.range(), " — "),
        3 => edits.replace(rest.range(), format!(", {date} (AP) — ")),
        _ => edits.replace(city.start()..rest.end(), ""),
    }
    edits.apply(sample)
}

/// Paragraphs joined to longer ones: those that end with a stop and are not followed by a quotation.
pub(super) fn join(sample: &Sample, random: &mut Random) -> Sample {
    let text = &sample.text;
    let mut edits = Edits::default();
    let chance = 0.2 + 0.5 * random.fraction();
    let mut breaks: Vec<Range<usize>> = BREAK.find_iter(text).map(|found| found.range()).collect();
    breaks.retain(|range| !text[range.end..].is_empty());
    for range in breaks.into_iter().skip(1) {
        let ends = text[..range.start].trim_end().ends_with(['.', '?', '!', '”', '"']);
        let opens = text[range.end..].starts_with(['“', '"', '‘', '\'', '-', '—', '•', '*']);
        if ends && !opens && random.chance(chance) {
            edits.replace(range, " ");
        }
    }
    edits.apply(sample)
}

/// Other breaks between its paragraphs: one line break, two, or none at all.
pub(super) fn lines(sample: &Sample, random: &mut Random) -> Sample {
    let put = match random.below(10) {
        0 => " ",
        1..=4 => "\n\n",
        5 => "\r\n",
        _ => "\n",
    };
    let mut edits = Edits::default();
    for found in BREAK.find_iter(&sample.text).filter(|found| found.end() < sample.text.len()) {
        edits.replace(found.range(), put);
    }
    edits.apply(sample)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{Corpus, Entity, Label};

    const TEXT: &str = "Berg wins vote.\nNEW YORK, N.Y. 1996-08-22\nBerg won.\nShe smiled.\n\"No,\" she said.\n";

    fn all(change: fn(&Sample, &mut Random) -> Sample) -> Vec<String> {
        let mut sample = Sample::plain(Corpus::Conll, TEXT);
        sample.entities = Some(vec![Entity { bytes: 16..24, label: Label::Place }]);
        let mut texts: Vec<String> = (0..99)
            .map(|seed| {
                let changed = change(&sample, &mut Random::new(seed));
                for entity in changed.entities.iter().flatten() {
                    assert_eq!(&changed.text[entity.bytes.clone()], "NEW YORK");
                }
                changed.text
            })
            .collect();
        texts.sort();
        texts.dedup();
        texts
    }

    #[test]
    fn headlines_lose_their_stop() {
        let texts = all(headline);
        let heads: Vec<&str> = texts.iter().filter_map(|text| text.lines().next()).collect();
        assert_eq!(heads, ["BERG WINS VOTE", "Berg Wins Vote", "Berg wins vote"]);
    }

    #[test]
    fn datelines_read_as_those_of_agencies() {
        let texts = all(dateline);
        let lines: Vec<&str> = texts.iter().filter_map(|text| text.lines().nth(1)).collect();
        let expected = [
            "Berg won.",
            "NEW YORK, N.Y. (Reuters) - Berg won.",
            "NEW YORK, N.Y. — Berg won.",
            "NEW YORK, N.Y., Aug 22 (AP) — Berg won.",
            "NEW YORK, N.Y., Aug 22 (Reuters) - Berg won.",
        ];
        assert_eq!(lines, expected);
    }

    #[test]
    fn paragraphs_join_where_a_sentence_ends() {
        assert!(all(join).iter().any(|text| text.contains("Berg won. She smiled.\n\"No")));
        assert!(all(join).iter().all(|text| text.contains("22\nBerg")));
    }

    #[test]
    fn lines_break_once_or_twice_or_not() {
        let texts = all(lines);
        assert_eq!(texts.len(), 4);
        assert!(
            texts.iter().any(|text| text.matches("\n\n").count() == 4)
                && texts.iter().any(|text| text.lines().count() == 1)
        );
    }
}
