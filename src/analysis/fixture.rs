//! Articles of which the test says what is read in them, so that what follows from a reading is tested without the network.
//!
//! A marked-up text has marks in braces, which nest: a letter, a blank, the words.
//!
//! | mark | the words are |
//! |---|---|
//! | `{p Anna Berg}` `{i Acme Bank}` `{l Norway}` | the name of a person, an institution, a place |
//! | `{s She}` `{c said}` `{t no}` | a claim's source, its cue, what it tells |
//!
//! The marks of one sentence are one claim's. A sentence without a cue goes on with the claim before.

use std::sync::LazyLock;

use super::{Analysis, Annotator, Options};
use crate::lang::{ENGLISH, Language};
use crate::lexis::Words;
use crate::model::{Candidate, Reading, Tag};
use crate::scheme::Label;
use crate::span::Run;
use crate::text::Article;

/// The committed model, made once: where all that is read is given, its lists of names are what is left of it.
pub(crate) static ANNOTATOR: LazyLock<Annotator> =
    LazyLock::new(|| Annotator::new(include_bytes!("../lang/en/model.bin")).expect("the model of this repository"));

/// A marked-up text without its marks, and what follows from them.
pub(crate) fn analysis(marked: &str) -> (String, Analysis) {
    analysis_in(&ENGLISH, marked)
}

/// The same of a text in another language.
pub(crate) fn analysis_in(language: &'static Language, marked: &str) -> (String, Analysis) {
    let (text, marks) = parsed(marked);
    let article = Article::new(&text, language);
    let words = Words::new(&article);
    let found = ANNOTATOR.analysis(&words, &reading(&article, &marks), &Options::default());
    (text, found)
}

/// A mark: its letter, and where its words are, in bytes.
type Mark = (char, usize, usize);

/// The text, and its marks in order.
fn parsed(marked: &str) -> (String, Vec<Mark>) {
    let (mut text, mut marks, mut open) = (String::new(), Vec::new(), Vec::new());
    let mut characters = marked.chars();
    while let Some(character) = characters.next() {
        match character {
            '{' => {
                let letter = characters.next().expect("a letter after {");
                assert_eq!(characters.next(), Some(' '), "{marked}: a blank after {{{letter}");
                open.push((letter, text.len()));
            }
            '}' => {
                let (letter, start) = open.pop().unwrap_or_else(|| panic!("{marked}: more }} than {{"));
                marks.push((letter, start, text.len()));
            }
            _ => text.push(character),
        }
    }
    assert!(open.is_empty(), "{marked}: more {{ than }}");
    marks.sort_by_key(|&(_, start, _)| start);
    (text, marks)
}

fn reading(article: &Article<'_>, marks: &[Mark]) -> Reading {
    let count = article.tokens.len();
    let mut reading = Reading { tags: vec![Tag::Outside; count], certainty: vec![1.0; count], candidates: Vec::new() };
    let runs = marks.iter().map(|&(letter, start, end)| {
        let run = article.tokens_in(article.units.span_of_bytes(start, end));
        assert!(!run.is_empty(), "a mark without words in {}", article.text());
        (letter, run)
    });
    let mut claims: Vec<(usize, Vec<(char, Run)>)> = Vec::new();
    for (letter, run) in runs {
        match letter {
            'p' => name(&mut reading, run, Label::Person),
            'i' => name(&mut reading, run, Label::Institution),
            'l' => name(&mut reading, run, Label::Place),
            _ => {
                let sentence = article.sentence_of(run.start);
                match claims.last_mut() {
                    Some((last, claim)) if *last == sentence => claim.push((letter, run)),
                    _ => claims.push((sentence, vec![(letter, run)])),
                }
            }
        }
    }
    for (_, claim) in claims {
        let of = |wanted| claim.iter().filter(move |(letter, _)| *letter == wanted).map(|&(_, run)| run);
        let (source, cue, content): (_, _, Vec<Run>) = (of('s').next(), of('c').next(), of('t').collect());
        if let (None, Some(last)) = (cue, reading.candidates.last_mut()) {
            last.content.extend(content);
        } else {
            let anchor = cue.or(content.first().copied()).expect("a cue or what is told").start;
            reading.candidates.push(Candidate { anchor, source, cue, content, confidence: 1.0 });
        }
    }
    reading
}

fn name(reading: &mut Reading, run: Run, label: Label) {
    reading.tags[run.range()].fill(Tag::Inside(label));
    reading.tags[run.start] = Tag::Begin(label);
}

#[test]
fn marks_are_what_is_read() {
    let (text, marks) = parsed("{s The mayor, {p Anna Berg},} {c said} {t no}. {t “Never.”} {l Rome} {c fell}.");
    assert_eq!(text, "The mayor, Anna Berg, said no. “Never.” Rome fell.");
    let article = Article::new(&text, &ENGLISH);
    let reading = reading(&article, &marks);
    let claims: Vec<_> = reading
        .candidates
        .iter()
        .map(|claim| {
            let content: Vec<&str> = claim.content.iter().map(|&run| article.slice(run)).collect();
            (claim.source.map(|run| article.slice(run)), article.word(claim.anchor), content)
        })
        .collect();
    assert_eq!(claims, [(Some("The mayor, Anna Berg,"), "said", vec!["no", "“Never.”"]), (None, "fell", vec![])]);
    let tagged: Vec<_> = (0..reading.tags.len()).filter(|&token| reading.tags[token] != Tag::Outside).collect();
    assert_eq!(tagged.iter().map(|&token| article.word(token)).collect::<Vec<_>>(), ["Anna", "Berg", "Rome"]);
}
