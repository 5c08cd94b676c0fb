//! Pages as they are pasted, and how they are read: `tests/articles/NAME.txt` and, beside it, `NAME.snap`.
//!
//! A snapshot has a line for every sentence: the zone of its paragraph (once for each paragraph), then the sentence.
//! Below it stands a line of marks where there is something to mark:
//!
//! | mark | means |
//! |---|---|
//! | `~` | dateline |
//! | `[` … `]` | a quotation's marks, with its depth in between |
//! | `+` in place of `[` | the quotation goes on with the one that the paragraph before left open |
//! | `>` in place of `]` | no mark closes the quotation; it ends here |
//!
//! `⏎` stands for a line break inside a sentence. After a change that means to read pages otherwise, write the snapshots
//! again with `BLESS=1 cargo test --test articles` and look at what `git diff` shows.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use whosaid::lang::ENGLISH;
use whosaid::text::{Article, Sentence};

fn pages() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/articles");
    let mut pages: Vec<PathBuf> = fs::read_dir(folder)
        .expect("tests/articles")
        .map(|entry| entry.expect("an entry of tests/articles").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    pages.sort();
    pages
}

#[test]
fn pages_are_read_as_their_snapshots_say() {
    let pages = pages();
    assert!(pages.len() > 12, "tests/articles holds {} pages", pages.len());
    let mut changed = Vec::new();
    for page in pages {
        let text = fs::read_to_string(&page).expect("a page in UTF-8");
        let snapshot = page.with_extension("snap");
        let found = render(&Article::new(&text, &ENGLISH));
        if env::var_os("BLESS").is_some() {
            fs::write(&snapshot, found).expect("tests/articles can be written");
            continue;
        }
        let expected = fs::read_to_string(&snapshot).unwrap_or_default();
        if found != expected {
            let line = found.lines().zip(expected.lines()).position(|(found, expected)| found != expected);
            let line = line.unwrap_or_else(|| found.lines().count().min(expected.lines().count()));
            changed.push(format!(
                "{} line {}:\n  found    {}\n  expected {}",
                snapshot.display(),
                line + 1,
                found.lines().nth(line).unwrap_or("(the end)"),
                expected.lines().nth(line).unwrap_or("(the end)"),
            ));
        }
    }
    assert!(changed.is_empty(), "{}\n\nIf this is meant: BLESS=1 cargo test --test articles", changed.join("\n"));
}

/// The snapshot of an article.
fn render(article: &Article) -> String {
    let mut snapshot = String::new();
    for paragraph in &article.paragraphs {
        for (index, sentence) in article.sentences[paragraph.sentences.range()].iter().enumerate() {
            let zone = if index == 0 { format!("{:?}", paragraph.zone) } else { String::new() };
            let line = article.slice(sentence.tokens).replace("\r\n", "⏎").replace(['\n', '\r'], "⏎");
            let _ = writeln!(snapshot, "{zone:<10} | {line}");
            let marks = marks(article, sentence, paragraph.body_from);
            if !marks.is_empty() {
                let _ = writeln!(snapshot, "{:<10} : {marks}", "");
            }
        }
    }
    snapshot
}

/// What is marked below a sentence, a character below each of its characters.
fn marks(article: &Article, sentence: &Sentence, body_from: usize) -> String {
    let text = article.text();
    let start = article.tokens[sentence.tokens.start].bytes.0;
    let end = article.tokens[sentence.tokens.end - 1].bytes.1;
    // One column for each character; a line break of two characters is one arrow.
    let columns: Vec<usize> =
        text[start..end].replace("\r\n", "\n\0").char_indices().map(|(at, _)| start + at).collect();
    let mut line = vec![' '; columns.len()];
    let mut draw = |from: usize, to: usize, character: char| {
        for (column, &at) in line.iter_mut().zip(&columns) {
            if from <= at && at < to {
                *column = character;
            }
        }
    };
    for token in sentence.tokens.range().filter(|&token| token < body_from) {
        draw(article.tokens[token].bytes.0, article.tokens[token].bytes.1, '~');
    }
    for quotation in &article.quotations {
        let run = quotation.tokens;
        if !run.overlaps(sentence.tokens) {
            continue;
        }
        let (first, last) = (article.tokens[run.start].bytes, article.tokens[run.end - 1].bytes);
        draw(first.0, last.1, char::from(b'1' + quotation.depth));
        draw(first.0, first.0 + 1, if quotation.continues.is_some() { '+' } else { '[' });
        let end = text[..last.1].char_indices().next_back().map_or(0, |(at, _)| at);
        draw(end, end + 1, if quotation.closed { ']' } else { '>' });
    }
    line.iter().collect::<String>().trim_end().to_owned()
}
