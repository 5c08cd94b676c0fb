//! The rules that read an article: cue by cue, sentence by sentence.

use super::content::content;
use super::cue::{Cue, cues};
use super::source::source;
use super::word::{Class, Words};
use super::{Candidate, Label, Model, Reading, Tag, name};
use crate::span::Run;
use crate::text::Paragraph;

/// The longest sentence that is read as one, in tokens.
const LONGEST_SENTENCE: usize = 400;

/// The longest name before a colon at a paragraph's start, in tokens.
const LONGEST_SIGNATURE: usize = 8;

/// Reads an article with rules and lists.
pub(super) fn read(model: &Model, words: &Words<'_, '_>) -> Reading {
    let article = words.article;
    let (tags, certainty) = name::tags(model, words);
    let mut candidates = Vec::new();
    let mut claimed = 0;
    let signed: Vec<Option<usize>> =
        article.paragraphs.iter().map(|paragraph| signature(words, &tags, paragraph)).collect();
    let is_interview = signed.iter().flatten().count() > 1;
    for sentence in &article.sentences {
        let paragraph = &article.paragraphs[sentence.paragraph];
        let colon = signed[sentence.paragraph].filter(|&colon| sentence.tokens.contains(colon) && colon >= claimed);
        if let Some(colon) = colon.filter(|colon| is_interview || words.is_quoted(colon + 1)) {
            candidates.push(spoken(paragraph, colon));
            claimed = paragraph.tokens.end;
        }
        if paragraph.zone.is_read() {
            let tokens = Run::new(sentence.tokens.start.max(paragraph.body_from), sentence.tokens.end);
            // A text without stops is read in pieces: a sentence's rules look back and forth over all of it.
            for start in tokens.range().step_by(LONGEST_SENTENCE) {
                let piece = Run::new(start, tokens.end.min(start + LONGEST_SENTENCE));
                claims(words, piece, &mut claimed, &mut candidates);
            }
        }
    }
    Reading { tags, certainty, candidates }
}

/// "SMITH: I agree.", "Anna Berg (Labour): No.", "Berg: ‘No’": the colon after the person that a paragraph starts with.
fn signature(words: &Words<'_, '_>, tags: &[Tag], paragraph: &Paragraph) -> Option<usize> {
    let start = paragraph.body_from;
    let mut opening = start..paragraph.tokens.end.min(start + LONGEST_SIGNATURE);
    let colon = opening.find(|&token| words.lower(token) == ":" && !words.is_quoted(token))?;
    let named = (start..colon).any(|token| tags[token] == Tag::Begin(Label::Person));
    let plain = (start..colon).all(|token| words.is_capitalised(token) || matches!(words.lower(token), "(" | ")"));
    (paragraph.zone.is_read() && named && plain && colon + 1 < paragraph.tokens.end).then_some(colon)
}

/// All that follows the name and the colon.
fn spoken(paragraph: &Paragraph, colon: usize) -> Candidate {
    Candidate {
        anchor: colon,
        source: Some(Run::new(paragraph.body_from, colon)),
        cue: None,
        content: vec![Run::new(colon + 1, paragraph.tokens.end)],
        confidence: 0.7,
    }
}

/// The claims of one sentence. `claimed` is one past the last token that a claim has taken: a token is said once.
fn claims(words: &Words<'_, '_>, sentence: Run, claimed: &mut usize, found: &mut Vec<Candidate>) {
    let cues = cues(words, sentence);
    // Each cue's source by itself: what it says of the cues before.
    let sources: Vec<Option<(Run, bool)>> = cues.iter().map(|cue| source(words, sentence, cue, None)).collect();
    let later = |index: usize| cues[index + 1..].iter().zip(&sources[index + 1..]);
    let mut previous = None;
    for (index, cue) in cues.iter().enumerate() {
        if cue.anchor < *claimed || is_in_source(cue, &sources[index + 1..]) {
            continue;
        }
        let source =
            source(words, sentence, cue, previous).filter(|(run, _)| run.end <= cue.anchor || run.start > cue.anchor);
        let next =
            later(index).find_map(|(later, &source)| boundary(words, cue, later, source)).unwrap_or(sentence.end);
        let content = content(words, sentence, cue, source, *claimed, next);
        let content = apart(content, *claimed, cue, source.map(|(run, _)| run));
        let Some(last) = content.last() else { continue };
        previous = source.map(|(run, _)| run).or(previous);
        *claimed = last.end.max(cue.group.end);
        found.push(Candidate {
            anchor: cue.anchor,
            source: source.map(|(run, _)| run),
            cue: Some(cue.group),
            content,
            confidence: cue.confidence(),
        });
    }
}

/// "An official who spoke to the paper said …": whether a cue belongs to the source of one of the next.
fn is_in_source(cue: &Cue, later: &[Option<(Run, bool)>]) -> bool {
    later.iter().take(2).flatten().any(|(run, inverted)| !inverted && run.contains(cue.anchor))
}

/// The parts without what was said before, without source and cue, and without one another.
fn apart(parts: Vec<Run>, claimed: usize, cue: &Cue, source: Option<Run>) -> Vec<Run> {
    let mut free = claimed;
    let mut kept: Vec<Run> = Vec::new();
    for part in parts {
        let mut part = Run::new(part.start.max(free), part.end);
        for taken in [Some(cue.group), source].into_iter().flatten() {
            if taken.overlaps(part) {
                part = if part.start < taken.start {
                    Run::new(part.start, taken.start)
                } else {
                    Run::new(taken.end, part.end)
                };
            }
        }
        if !part.is_empty() {
            free = part.end;
            kept.push(part);
        }
    }
    kept
}

/// Where a later cue starts a claim of its own that ends the one before: at its comma, semicolon or conjunction.
fn boundary(words: &Words<'_, '_>, cue: &Cue, later: &Cue, source: Option<(Run, bool)>) -> Option<usize> {
    let first = match source {
        Some((run, _)) if !later.is_gerund() && run.end <= later.group.start && later.group.start - run.end <= 2 => {
            run.start
        }
        _ => later.group.start,
    };
    let mut at = first;
    let joins = |token: usize| words.class(token) == Class::Coordinator || words.lower(token) == "before";
    while at > cue.group.end && joins(at - 1) {
        at -= 1;
    }
    let coordinated = at < first;
    let mark = if at > cue.group.end { words.lower(at - 1) } else { "" };
    match mark {
        ";" => Some(at - 1),
        "," | "—" | "–" if coordinated || later.is_gerund() => Some(at - 1),
        _ => (coordinated && first == later.group.start).then_some(at),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Article;
    use proptest::prelude::*;

    fn model() -> Model {
        Model::from_bytes(include_bytes!("../lang/en/model.bin")).expect("the committed model")
    }

    /// The claims of a text as "source | cue | part … part".
    fn claims_of(text: &str) -> Vec<String> {
        let article = Article::new(text);
        let read = read(&model(), &Words::new(&article));
        let line = |candidate: &Candidate| {
            let source = candidate.source.map_or("", |run| article.slice(run));
            let cue = candidate.cue.map_or("", |run| article.slice(run));
            let content: Vec<&str> = candidate.content.iter().map(|&run| article.slice(run)).collect();
            format!("{source} | {cue} | {}", content.join(" … "))
        };
        read.candidates.iter().map(line).collect()
    }

    #[test]
    fn who_says_what() {
        let table: &[(&str, &[&str])] = &[
            // The cue after, before, inside.
            ("“Rents will rise,” said Anna Berg.", &["Anna Berg | said | “Rents will rise,”"]),
            ("“Rents will rise,” Anna Berg said on Monday.", &["Anna Berg | said | “Rents will rise,”"]),
            ("Anna Berg said: “Rents will rise.”", &["Anna Berg | said | “Rents will rise.”"]),
            ("“Rents,” said Anna Berg, “will rise.”", &["Anna Berg | said | “Rents,” … “will rise.”"]),
            (
                "“Rents will rise,” she said. “Wages will not.”",
                &["she | said | “Rents will rise,” … “Wages will not.”"],
            ),
            ("Rents, she said, would rise.", &["she | said | Rents … would rise"]),
            ("“Why now?” Anna Berg asked.", &["Anna Berg | asked | “Why now?”"]),
            // Indirect and mixed.
            ("Anna Berg said that rents would rise.", &["Anna Berg | said | that rents would rise"]),
            ("Rents would rise, Anna Berg said.", &["Anna Berg | said | Rents would rise"]),
            (
                "The mayor warned that rents were “out of hand” again.",
                &["The mayor | warned | that rents were “out of hand” again"],
            ),
            ("According to the ministry, rents rose.", &["the ministry | According to | rents rose"]),
            ("Rents rose by a third, according to a report.", &["a report | according to | Rents rose by a third"]),
            // Listeners, occasions, appositions.
            ("Berg told reporters in Oslo that rents would rise.", &["Berg | told | that rents would rise"]),
            ("Berg said in a statement on Friday that rents would rise.", &["Berg | said | that rents would rise"]),
            (
                "Anna Berg, the finance minister, said rents would rise.",
                &["Anna Berg, the finance minister | said | rents would rise"],
            ),
            (
                "“No,” said Anna Berg, a spokeswoman for the bank.",
                &["Anna Berg, a spokeswoman for the bank | said | “No,”"],
            ),
            // A quotation over paragraphs, with its cue at either end.
            (
                "Berg said: “Rents will rise.\n\n“Wages will not.”",
                &["Berg | said | “Rents will rise. … “Wages will not.”"],
            ),
            (
                "“Rents will rise.\n\n“Wages will not,” Berg said.",
                &["Berg | said | “Rents will rise. … “Wages will not,”"],
            ),
            // Two claims, one sentence.
            (
                "Berg said rents would rise, but Lind denied that they would.",
                &["Berg | said | rents would rise", "Lind | denied | that they would"],
            ),
            (
                "Berg said rents would rise, adding that wages would not.",
                &["Berg | said | rents would rise", "Berg | adding | that wages would not"],
            ),
            ("“This,” Berg told the council, “will not stand.”", &["Berg | told | “This,” … “will not stand.”"]),
            ("“Who pays?” asked the judge. “Me.”", &["the judge | asked | “Who pays?” … “Me.”"]),
            ("Berg said, “I am tired,” and left.", &["Berg | said | “I am tired,”"]),
            (
                "“I won,” Berg said, before adding: “By a lot.”",
                &["Berg | said | “I won,”", "Berg | adding | “By a lot.”"],
            ),
            ("‘We won’t pay,’ said one tenant.", &["one tenant | said | ‘We won’t pay,’"]),
            // Headlines with capitals everywhere, names before a colon.
            ("Minister Says Rents Will Rise", &["Minister | Says | Rents Will Rise"]),
            ("Anna Berg: ‘I was never told’", &["Anna Berg |  | ‘I was never told’"]),
            ("Anna Berg: the woman who changed the town", &[]),
            (
                "ANNA BERG: Who pays?\n\nCARL LIND: I said so. You do.",
                &["ANNA BERG |  | Who pays?", "CARL LIND |  | I said so. You do."],
            ),
            // Sources: the time before the verb left out, pairs, relative clauses, plural heads.
            ("The mayor on Monday said rents rose by 3%.", &["The mayor | said | rents rose by 3%"]),
            ("US officials said rents rose.", &["US officials | said | rents rose"]),
            (
                "An official, who spoke on condition of anonymity, said the deal was dead.",
                &["An official, who spoke on condition of anonymity | said | the deal was dead"],
            ),
            ("Tenants in the old town believe rents fell.", &["Tenants in the old town | believe | rents fell"]),
            (
                "His deputy, Sue Gray (Labour), agreed that it was late.",
                &["His deputy, Sue Gray (Labour) | agreed | that it was late"],
            ),
            ("Critics have long argued that the law is weak.", &["Critics | have long argued | that the law is weak"]),
            ("The man who was hurt said rents rose.", &["The man who was hurt | said | rents rose"]),
            ("The man who said rents rose left.", &["who | said | rents rose left"]),
            ("‘Never again,’ say families of the dead.", &["families of the dead | say | ‘Never again,’"]),
            ("Asked whether rents rose, he said no.", &["he | said | no"]),
            ("So says the bank.", &[]),
            ("Anna Berg was told that rents rose.", &[]),
            // Nouns that look like cues, and participles, are none.
            ("The report was long.", &[]),
            ("The proposed law on claims failed.", &[]),
            ("The states of the union met.", &[]),
        ];
        let wrong: Vec<_> = table.iter().filter(|(text, expected)| claims_of(text) != *expected).collect();
        let found: Vec<_> = wrong.iter().map(|(text, expected)| (text, claims_of(text), expected)).collect();
        assert!(wrong.is_empty(), "text, found, expected: {found:#?}");
    }

    #[test]
    fn furniture_says_nothing() {
        let page = "Home > World > Europe\n\nRents to rise, minister says\n\nAnna Berg said rents would rise.\n\n© 2024 The Paper. All rights reserved, the publisher said.";
        assert_eq!(claims_of(page).len(), 2, "{:?}", claims_of(page));
    }

    /// Texts made of what the rules look at.
    fn pieces() -> impl Strategy<Value = String> {
        let piece = prop::sample::select(vec![
            "“",
            "”",
            "\"",
            "''",
            "‘",
            "’",
            "’s",
            ",",
            ".",
            "?",
            "!",
            ":",
            ";",
            " — ",
            "(",
            ")",
            " ",
            " ",
            "\n",
            "\n\n",
            "said",
            "says",
            "told",
            "according to",
            "that",
            "Anna",
            "Berg",
            "the",
            "minister",
            "who",
            "and",
            "but",
            "Mr.",
            "of",
            "NATO",
            "she",
            "it",
            "adding",
            "called",
            "for",
            "wants",
            "to",
            "on Monday",
            "📈",
            "said said",
            "a report",
            "House Speaker",
        ]);
        prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.join(" "))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn any_text_gives_claims_in_order(text in prop_oneof![pieces(), "\\PC{0,80}"]) {
            let article = Article::new(&text);
            let reading = read(&model(), &Words::new(&article));
            prop_assert_eq!(reading.tags.len(), article.tokens.len());
            prop_assert_eq!(reading.certainty.len(), article.tokens.len());
            let mut said = vec![false; article.tokens.len()];
            for candidate in &reading.candidates {
                prop_assert!(!candidate.content.is_empty());
                prop_assert!(candidate.content.windows(2).all(|pair| pair[0].end <= pair[1].start), "parts in order");
                for part in &candidate.content {
                    prop_assert!(!part.is_empty() && part.end <= article.tokens.len());
                    prop_assert!(!part.contains(candidate.anchor), "the cue is not part of what is said");
                    for token in part.range() {
                        prop_assert!(!said[token], "a token is said once");
                        said[token] = true;
                    }
                }
                prop_assert!(candidate.source.is_none_or(|source| !source.is_empty() && source.end <= article.tokens.len()));
            }
        }
    }
}
