//! What holds for the article of any string.

use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;
use whosaid::lang::ENGLISH;
use whosaid::text::{Article, TokenKind};

/// Strings made of what tokens, quotations, paragraphs and zones are decided by, and of anything else.
fn text() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        4 => prop::sample::select(vec![
            " ", " ", " ", "\n", "\n\n", "\r\n", "\r", "\t", "\u{2028}", "\u{2029}", "\u{b}", "\u{a0}", "\u{85}",
        ]).prop_map(str::to_owned),
        4 => prop::sample::select(vec![
            "“", "”", "\"", "‘", "’", "'", "«", "»", "„", "``", "''", "'''", "‹", "6'2\"", "’90s", "s'", "'em", "’n’",
        ]).prop_map(str::to_owned),
        4 => prop::sample::select(vec![
            ".", "...", "…", "?", "!", ",", ":", "-", "--", "—", "(", ")", "[", "&", "/", "@", "#", "|", ">", "*", "_", "://",
        ]).prop_map(str::to_owned),
        4 => prop::sample::select(vec![
            "By", "Anna Berg", "said", "he", "The", "U.S", "U.S.", "Mr.", "Inc.", "J.", "I.", "p.m.", "don't", "law's", "n't",
            "No.", "12,000", "3.5", "10:30", "21st", "2024", "WASHINGTON (AP) —", "Updated:", "Read more", "Share", "Home",
            "© 2024", "www.a.org/b)", "a@b.co.uk", "@handle", "https://", "a.com", "Photo: Reuters",
            "Advertisement", "Related", "min read", "two-", "and", "May 3", "All rights reserved", "Subscribe", "Comments",
        ]).prop_map(str::to_owned),
        2 => prop::sample::select(vec![
            "\u{301}", "\u{200d}", "\u{ad}", "\u{feff}", "\u{600}", "\u{0}", "👩‍🚀", "🇩🇪", "🇩", "👍🏽", "ก\u{e33}", "क्ष", "한국",
            "日本語", "。", "\u{fe0f}", "é", "ß", "İ", "\u{1F1E6}", "𝒳", "\u{10ffff}",
        ]).prop_map(str::to_owned),
        2 => any::<char>().prop_map(String::from),
        2 => "[a-zA-Z]{1,9}",
    ];
    prop::collection::vec(part, 0..80).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn tokens_cover_all_but_white_space_once(text in text()) {
        let article = Article::new(&text, &ENGLISH);
        let mut at = 0;
        for token in &article.tokens {
            let (start, end) = token.bytes;
            prop_assert!(at <= start && start < end);
            prop_assert!(text[at..start].chars().all(char::is_whitespace));
            prop_assert!(!text[start..end].contains(char::is_whitespace));
            at = end;
        }
        prop_assert!(text[at..].chars().all(char::is_whitespace));
    }

    #[test]
    fn span_and_bytes_select_the_same_text(text in text()) {
        let article = Article::new(&text, &ENGLISH);
        let utf16: Vec<u16> = text.encode_utf16().collect();
        for (index, token) in article.tokens.iter().enumerate() {
            let selected = String::from_utf16(&utf16[token.span.start as usize..token.span.end as usize]).ok();
            prop_assert_eq!(selected.as_deref(), Some(article.word(index)));
            prop_assert_eq!(article.units.bytes(token.span), token.bytes.0..token.bytes.1);
        }
    }

    #[test]
    fn no_token_cuts_a_grapheme_cluster(text in text()) {
        let article = Article::new(&text, &ENGLISH);
        let mut clusters = text.grapheme_indices(true);
        let bounds: std::collections::HashSet<usize> = clusters.by_ref().map(|(at, _)| at).chain([text.len()]).collect();
        let cut = |at: usize| !bounds.contains(&at);
        for token in &article.tokens {
            // A cluster that holds white space (a blank with a combining mark) is cut: tokens hold none.
            let (start, end) = token.bytes;
            let after_blank = text[..start].ends_with(char::is_whitespace);
            let before_blank = text[end..].starts_with(char::is_whitespace);
            prop_assert!(!cut(start) || after_blank, "{:?}", &text[start..end]);
            prop_assert!(!cut(end) || before_blank, "{:?}", &text[start..end]);
        }
    }

    #[test]
    fn sentences_part_the_tokens_and_paragraphs_the_sentences(text in text()) {
        let article = Article::new(&text, &ENGLISH);
        let mut token = 0;
        let mut sentence = 0;
        for (index, paragraph) in article.paragraphs.iter().enumerate() {
            prop_assert_eq!((paragraph.tokens.start, paragraph.sentences.start), (token, sentence));
            prop_assert!(paragraph.tokens.contains(paragraph.body_from));
            for found in &article.sentences[paragraph.sentences.range()] {
                prop_assert_eq!(found.paragraph, index);
                prop_assert_eq!(found.tokens.start, token);
                prop_assert!(!found.tokens.is_empty());
                token = found.tokens.end;
            }
            sentence = paragraph.sentences.end;
            prop_assert_eq!(paragraph.tokens.end, token);
        }
        prop_assert_eq!((token, sentence), (article.tokens.len(), article.sentences.len()));
    }

    #[test]
    fn quotations_nest_within_their_paragraph(text in text()) {
        let article = Article::new(&text, &ENGLISH);
        let mut quoted = vec![0_u8; article.tokens.len()];
        for (index, quotation) in article.quotations.iter().enumerate() {
            let run = quotation.tokens;
            prop_assert!(!run.is_empty());
            prop_assert!(article.paragraphs[article.paragraph_of(run.start)].tokens.end >= run.end);
            prop_assert!(index == 0 || article.quotations[index - 1].tokens.start <= run.start);
            let around = article.quotations[..index].iter().filter(|outer| outer.tokens.overlaps(run));
            for outer in around.clone() {
                prop_assert!(outer.tokens.start <= run.start && run.end <= outer.tokens.end);
            }
            prop_assert_eq!(usize::from(quotation.depth), around.count());
            if quotation.closed {
                prop_assert_eq!(article.tokens[run.end - 1].kind, TokenKind::QuoteClose);
            }
            if let Some(before) = quotation.continues {
                prop_assert!(before < index && !article.quotations[before].closed);
                let end = article.quotations[before].tokens.end;
                prop_assert_eq!(end, article.paragraphs[article.paragraph_of(end - 1)].tokens.end);
            }
            quoted[run.range()].iter_mut().for_each(|depth| *depth += 1);
        }
        prop_assert_eq!(article.tokens.iter().map(|token| token.quoted).collect::<Vec<_>>(), quoted);
        let opening = article.tokens.iter().filter(|token| token.kind == TokenKind::QuoteOpen).count();
        prop_assert!(opening <= article.quotations.len());
    }
}
