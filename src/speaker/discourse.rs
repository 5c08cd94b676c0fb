//! The people and institutions seen so far, and where: a pronoun or a description may refer back to them.

use super::phrase::is_possessive_mark;
use crate::entity::Mention;
use crate::lang::{Part, is_in};
use crate::lexis::{Class, Words};
use crate::scheme::MentionForm;
use crate::span::Run;

/// How somebody stands in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stance {
    /// As the source of a claim.
    Source,
    /// As what a verb follows.
    Subject,
    /// As an owner: "Berg's plan".
    Possessor,
    /// After a preposition.
    Governed,
    Other,
}

/// One time that somebody was seen.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen {
    pub token: usize,
    pub sentence: usize,
    pub paragraph: usize,
    pub draft: usize,
    pub stance: Stance,
    pub form: MentionForm,
    pub quoted: bool,
}

/// How many paragraphs back something may be meant, how many tokens (a text in one line is one paragraph), and how many
/// of those who were seen are looked at.
const REACH: usize = 4;
const REACH_TOKENS: usize = 400;
const REACH_SEEN: usize = 60;

/// The longest that stands between commas after a name, in tokens.
const LONGEST_ASIDE: usize = 30;

/// Everybody who was seen so far: in what the article tells, and then in its quotations.
#[derive(Debug, Default)]
pub(super) struct Discourse {
    told: Thread,
    quoted: Thread,
    /// Whether quotations are looked at now.
    pub in_quotations: bool,
    /// How often each draft was seen.
    counts: Vec<u32>,
}

/// Who was seen on one way through the text, in its order.
#[derive(Debug, Default)]
struct Thread {
    seen: Vec<Seen>,
    /// Who spoke, where the claim's source or a quotation that goes on stands.
    spoken: Vec<(usize, usize)>,
}

impl Thread {
    /// Those seen before a token, the latest first.
    fn seen_before(&self, token: usize) -> impl Iterator<Item = &Seen> {
        self.seen[..self.seen.partition_point(|seen| seen.token < token)].iter().rev()
    }

    fn spoken_before(&self, token: usize) -> Option<(usize, usize)> {
        self.spoken[..self.spoken.partition_point(|&(at, _)| at < token)].last().copied()
    }
}

impl Discourse {
    pub(super) fn see(&mut self, words: &Words<'_, '_>, run: Run, draft: usize, stance: Stance, form: MentionForm) {
        let sentence = words.article.sentence_of(run.start);
        let paragraph = words.article.sentences.get(sentence).map_or(0, |sentence| sentence.paragraph);
        let quoted = words.is_quoted(run.start);
        self.thread().seen.push(Seen { token: run.start, sentence, paragraph, draft, stance, form, quoted });
        if self.counts.len() <= draft {
            self.counts.resize(draft + 1, 0);
        }
        self.counts[draft] += 1;
        if stance == Stance::Source {
            self.speaks(run.start, draft);
        }
    }

    fn thread(&mut self) -> &mut Thread {
        if self.in_quotations { &mut self.quoted } else { &mut self.told }
    }

    /// Notes that somebody speaks.
    pub(super) fn speaks(&mut self, token: usize, draft: usize) {
        self.thread().spoken.push((token, draft));
    }

    /// Those seen before a token that may still be meant there, the latest first.
    pub(super) fn before(&self, words: &Words<'_, '_>, token: usize) -> impl Iterator<Item = &Seen> {
        let paragraph = words.article.paragraph_of(token);
        let near = move |seen: &&Seen| seen.paragraph + REACH >= paragraph && seen.token + REACH_TOKENS >= token;
        let (mut told, mut quoted) =
            (self.told.seen_before(token).peekable(), self.quoted.seen_before(token).peekable());
        let latest = std::iter::from_fn(move || match (told.peek(), quoted.peek()) {
            (Some(one), Some(other)) if other.token > one.token => quoted.next(),
            (None, _) => quoted.next(),
            _ => told.next(),
        });
        latest.take(REACH_SEEN).take_while(near)
    }

    /// Who spoke last before a token, and where.
    pub(super) fn last_spoken(&self, token: usize) -> Option<(usize, usize)> {
        self.told.spoken_before(token).max(self.quoted.spoken_before(token))
    }

    /// How often somebody was seen.
    pub(super) fn count(&self, draft: usize) -> u32 {
        self.counts.get(draft).copied().unwrap_or(0)
    }
}

/// How a run stands in its sentence, if it is not a claim's source.
pub(super) fn stance(words: &Words<'_, '_>, run: Run) -> Stance {
    let end = run.end;
    if is_possessive_mark(words, end) || words.class(run.start) == Class::Possessive && run.len() == 1 {
        return Stance::Possessor;
    }
    let start = words.article.sentences[words.article.sentence_of(run.start)].tokens.start;
    // "to the former president, Anna Berg": the words that belong to the name are passed over.
    let inner = |token: &usize| {
        words.class(*token) == Class::Determiner
            || words.is_title(*token)
            || words.class(*token) == Class::Open && words.is_capitalised(*token)
    };
    let before = (start..run.start).rev().take(6).find(|token| !inner(token));
    if before.is_some_and(|token| words.class(token) == Class::Preposition) {
        return Stance::Governed;
    }
    if follows_verb(words, end) { Stance::Subject } else { Stance::Other }
}

/// Whether a finite verb stands at a token, adverbs and what is put between commas passed over.
fn follows_verb(words: &Words<'_, '_>, token: usize) -> bool {
    let last = words.classes.len().saturating_sub(1);
    let end = words.article.sentences[words.article.sentence_of(token.min(last))].tokens.end;
    let opens = |at: usize| matches!(words.article.word(at), "," | "(" | "—" | "–");
    let closes = |at: &usize| matches!(words.article.word(*at), "," | ")" | "—" | "–");
    let mut at = token;
    if at < end && opens(at) {
        let Some(close) = (at + 1..end.min(at + LONGEST_ASIDE)).find(closes) else { return false };
        at = close + 1;
    }
    while at < end && words.class(at) == Class::Adverb {
        at += 1;
    }
    at < end && looks_like_verb(words, at)
}

/// Whether a word in small letters looks like a finite verb.
fn looks_like_verb(words: &Words<'_, '_>, token: usize) -> bool {
    let lower = words.lower(token);
    let known = || words.language.verb(lower).is_some_and(|verb| matches!(verb.part, Part::Past | Part::Third));
    // "says" ends as a plural does.
    let ends = || words.language.ends_as(lower, Part::Past) || words.language.looks_plural(lower);
    match words.class(token) {
        Class::Auxiliary => true,
        Class::Open => !words.is_capitalised(token) && (known() || ends() || is_in(words.language.plain_pasts, lower)),
        _ => false,
    }
}

/// The mention's run, with its possessive mark left out.
pub(super) fn run_of(words: &Words<'_, '_>, mention: &Mention) -> Run {
    let run = words.article.tokens_in(mention.span);
    let marked = run.len() > 1 && is_possessive_mark(words, run.end - 1);
    Run::new(run.start, run.end - usize::from(marked))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::ENGLISH;
    use crate::text::Article;

    #[test]
    fn how_somebody_stands() {
        let table = [
            ("Berg left.", Stance::Subject),
            ("Berg slowly walked home.", Stance::Subject),
            ("Berg has left.", Stance::Subject),
            ("Berg, the minister, warned them.", Stance::Subject),
            ("Berg (45) warned them.", Stance::Subject),
            ("Berg’s plan failed.", Stance::Possessor),
            ("They spoke to Berg.", Stance::Governed),
            ("They spoke to the President Berg.", Stance::Governed),
            ("They spoke to Berg warned by none.", Stance::Governed),
            ("They met Berg.", Stance::Other),
            ("They met Berg and others.", Stance::Other),
            ("Berg, the minister and head", Stance::Other),
            ("Berg", Stance::Other),
        ];
        for (text, expected) in table {
            let article = Article::new(text, &ENGLISH);
            let words = Words::new(&article);
            let token = (0..article.tokens.len()).find(|&token| article.word(token) == "Berg").expect("the name");
            assert_eq!(stance(&words, Run::new(token, token + 1)), expected, "{text}");
        }
    }

    #[test]
    fn who_was_seen_before() {
        let text = "Berg left.\n\nLind left. Cole left.\n\nOne.\n\nTwo.\n\nThree.\n\nHall left.";
        let article = Article::new(text, &ENGLISH);
        let words = Words::new(&article);
        let token = |word: &str| (0..article.tokens.len()).find(|&token| article.word(token) == word).expect("a word");
        let mut discourse = Discourse::default();
        // As if Lind's name stood in a quotation: it is seen on the second way.
        for (draft, name) in ["Berg", "Cole", "Lind"].into_iter().enumerate() {
            discourse.in_quotations = name == "Lind";
            let run = Run::new(token(name), token(name) + 1);
            let stance = if name == "Berg" { Stance::Source } else { Stance::Subject };
            discourse.see(&words, run, draft, stance, MentionForm::Name);
        }
        let before = |word: &str| discourse.before(&words, token(word)).map(|seen| seen.draft).collect::<Vec<_>>();
        assert!(before("Berg").is_empty());
        assert_eq!(before("Cole"), [2, 0]);
        assert_eq!(before("Three"), [1, 2, 0], "four paragraphs back");
        assert_eq!(before("Hall"), [1, 2], "five are too many");
        assert_eq!(discourse.last_spoken(token("Berg")), None, "before it spoke");
        assert_eq!(discourse.last_spoken(token("Hall")), Some((token("Berg"), 0)));
        assert_eq!([discourse.count(0), discourse.count(9)], [1, 0]);
    }
}
