//! Claims -> claims with continuations: quotations without a cue of their own that go on from the claim before.
//!
//! Three sorts: a quotation that its paragraph leaves open and the next one takes up, as printers have it; a paragraph of
//! nothing but quoted sentences, right after one that ends with somebody's quotation or with who said it; and quoted sentences
//! right after a sentence of the same paragraph that ends with what somebody said: "She said it was late. “Nobody came.”"

use crate::claim::{Claim, claim, is_question, word_count};
use crate::entity::to_thousandths;
use crate::model::Candidate;
use crate::order::sort_by_key;
use crate::scheme::{ClaimForm, ClaimKind, Group, Origin};
use crate::span::Run;
use crate::text::{Article, Paragraph, Quotation, TokenKind, Zone};

/// How sure a continuation is, of how sure its claim is: where a quotation is taken up, and where one follows.
const TAKEN_UP: f32 = 0.95;
const FOLLOWING: f32 = 0.85;

/// The fewest words of a quotation that follows: fewer are an exclamation, a title, a slogan.
const FEWEST: usize = 5;

/// How sure a claim is that is nothing but a quotation.
const ALONE: f32 = 0.5;

/// Adds the continuations among an article's quotations to its claims, which stay in order; and of the quotations that
/// stand alone those that go on from no claim, as claims of which nobody is told to make them.
pub(crate) fn add_continuations(article: &Article<'_>, claims: &mut Vec<Claim>, alone: &[Run]) {
    split(article, claims);
    let mut search = Search::new(article, claims);
    for paragraph in 0..article.paragraphs.len() {
        search.paragraph(paragraph);
    }
    for &quotation in alone {
        search.add_alone(quotation);
    }
    let mut order: Vec<usize> = (0..claims.len()).collect();
    sort_by_key(&mut order, |&index| claims[index].order());
    let mut places = vec![None; order.len()];
    for (place, &index) in order.iter().enumerate() {
        places[index] = Some(place as u32);
    }
    sort_by_key(claims, Claim::order);
    renumber(claims, &places);
}

/// Cuts off what a claim has in later paragraphs, where a mark opens each: one sort of continuation, whoever finds it.
fn split(article: &Article<'_>, claims: &mut Vec<Claim>) {
    for index in 0..claims.len() {
        let mut groups = by_paragraph(article, &claims[index]).into_iter();
        let Some(own) = groups.next() else { continue };
        claims[index].content = own.iter().map(|&run| article.span(run)).collect();
        let mut from = index;
        // Marks alone are nobody's words.
        for content in groups.filter(|content| word_count(article, content) > 0) {
            let continuation = continuation(article, claims, from, &content);
            from = claims.len();
            claims.push(continuation);
        }
    }
}

/// The content of a claim, cut where a mark opens a paragraph after the one that it starts or has its cue in.
fn by_paragraph(article: &Article<'_>, claim: &Claim) -> Vec<Vec<Run>> {
    let runs = claim.content.iter().map(|&span| article.tokens_in(span)).filter(|run| !run.is_empty());
    let cue = claim.cue.map_or(0, |cue| article.tokens_in(cue).start);
    let mut groups: Vec<Vec<Run>> = Vec::new();
    let mut group: Vec<Run> = Vec::new();
    for mut run in runs {
        let first = article.paragraph_of(run.start);
        for paragraph in &article.paragraphs[first..=article.paragraph_of(run.end - 1)] {
            let start = paragraph.tokens.start;
            let later = start > cue && start >= run.start && (start > run.start || !group.is_empty());
            if later && article.tokens[start].kind == TokenKind::QuoteOpen {
                group.extend((start > run.start).then_some(Run::new(run.start, start)));
                groups.push(std::mem::take(&mut group));
                run = Run::new(start, run.end);
            }
        }
        group.push(run);
    }
    groups.extend((!group.is_empty()).then_some(group));
    groups
}

/// What goes on from a claim with these words, as sure as it is.
fn continuation(article: &Article<'_>, claims: &[Claim], from: usize, content: &[Run]) -> Claim {
    Claim {
        source: None,
        cue: None,
        content: content.iter().map(|&run| article.span(run)).collect(),
        words: word_count(article, content),
        form: ClaimForm::Direct,
        kind: if is_question(article, content) { ClaimKind::Question } else { ClaimKind::Statement },
        group: Group::Statement,
        continues: Some(from as u32),
        inside: None,
        confidence: claims[from].confidence,
        origin: Origin::Rule,
        speaker: None,
        speaker_confidence: 0.0,
    }
}

/// Keeps the claims that `keep` says, and what goes on from them; `continues` follows.
pub(crate) fn retain(claims: &mut Vec<Claim>, keep: impl Fn(&Claim) -> bool) {
    let mut kept = 0;
    let places: Vec<Option<u32>> = claims
        .iter()
        .map(|claim| {
            keep(claim).then(|| {
                kept += 1;
                kept - 1
            })
        })
        .collect();
    claims.retain(|claim| keep(claim));
    renumber(claims, &places);
}

/// Puts new indices in place of the old ones; none for what is gone.
pub(crate) fn renumber(claims: &mut [Claim], places: &[Option<u32>]) {
    for claim in claims {
        claim.continues = claim.continues.and_then(|old| places.get(old as usize).copied().flatten());
    }
}

/// Claims with their continuations made a part of them, as the corpora have it; `inside` counts these.
pub(crate) fn whole(claims: &[Claim]) -> Vec<Claim> {
    let mut wholes: Vec<Claim> = Vec::new();
    // Where each claim went.
    let mut places: Vec<usize> = Vec::new();
    for claim in claims {
        let from = claim.continues.and_then(|from| places.get(from as usize).copied());
        places.push(from.unwrap_or(wholes.len()));
        if let Some(from) = from {
            wholes[from].content.extend(&claim.content);
            wholes[from].words = wholes[from].words.saturating_add(claim.words);
        } else {
            let inside = claim.inside.and_then(|outer| places.get(outer as usize)).map(|&outer| outer as u32);
            wholes.push(Claim { continues: None, inside, ..claim.clone() });
        }
    }
    wholes
}

struct Search<'a, 't> {
    article: &'a Article<'t>,
    claims: &'a mut Vec<Claim>,
    /// For each token, the claim that it is said in, its source or its cue: of those that quote it the outermost, or else of
    /// those that tell it.
    owners: Vec<Option<u32>>,
    /// The claim that the paragraph before ends with.
    last: Option<usize>,
    /// How many of the quotations start before the paragraph at hand.
    passed: usize,
}

impl<'a, 't> Search<'a, 't> {
    fn new(article: &'a Article<'t>, claims: &'a mut Vec<Claim>) -> Self {
        let mut owners = vec![None; article.tokens.len()];
        for quotes in [false, true] {
            let all =
                claims.iter().enumerate().rev().filter(|(_, claim)| (claim.form != ClaimForm::Indirect) == quotes);
            for (index, claim) in all {
                for span in claim.content.iter().chain(&claim.source).chain(&claim.cue) {
                    owners[article.tokens_in(*span).range()].fill(Some(index as u32));
                }
            }
        }
        Self { article, claims, owners, last: None, passed: 0 }
    }

    /// Adds the continuation that starts a paragraph, if there is one, and notes what the paragraph ends with.
    fn paragraph(&mut self, index: usize) {
        let article = self.article;
        let paragraph = &article.paragraphs[index];
        let tokens = Run::new(paragraph.body_from.max(paragraph.tokens.start), paragraph.tokens.end);
        self.passed +=
            article.quotations[self.passed..].iter().take_while(|one| one.tokens.start < tokens.start).count();
        if paragraph.zone == Zone::Navigation {
            return;
        }
        let before = self.last.take();
        if paragraph.zone != Zone::Body {
            return;
        }
        let opening = article.quotations.get(self.passed).filter(|quotation| quotation.tokens.start == tokens.start);
        let found = opening.and_then(|quotation| {
            self.taken_up(quotation).or_else(|| before.and_then(|from| self.following(from, tokens)))
        });
        if let Some((from, content, share)) = found {
            self.add(from, content, share);
        }
        self.last = self.last_in(paragraph);
    }

    /// The claim whose quotation, left open, is taken up here.
    fn taken_up(&self, quotation: &Quotation) -> Option<(usize, Run, f32)> {
        let opened = self.article.quotations.get(quotation.continues?)?.tokens;
        let from = opened.range().rev().find_map(|token| self.owners[token])? as usize;
        self.is_free(quotation.tokens).then_some((from, quotation.tokens, TAKEN_UP))
    }

    /// Whether no claim crosses a quotation: those that stand whole in it, and leave some of it, are told in it.
    fn is_free(&self, quotation: Run) -> bool {
        let mut inside: Vec<u32> = quotation.range().filter_map(|token| self.owners[token]).collect();
        inside.dedup();
        inside.iter().all(|&claim| {
            let claim = &self.claims[claim as usize];
            let parts = || claim.content.iter().chain(&claim.source).chain(&claim.cue);
            let is_whole = parts().all(|&span| quotation.holds(self.article.tokens_in(span)));
            is_whole && claim.cue.is_some() && claim.source.is_some()
        })
    }

    /// The claim before, where a paragraph is nothing but a quotation that goes on from it: between marks of its sort, and
    /// no answer to what it asks.
    fn following(&self, from: usize, tokens: Run) -> Option<(usize, Run, f32)> {
        let claim = &self.claims[from];
        let content: Vec<Run> = claim.content.iter().map(|&span| self.article.tokens_in(span)).collect();
        let mark = self.article.word(tokens.start);
        let is_marked = content.iter().flat_map(|run| run.range()).any(|token| self.article.word(token) == mark);
        let fits =
            self.is_free(tokens) && is_marked && !is_question(self.article, &content) && is_prose(self.article, tokens);
        fits.then_some((from, tokens, FOLLOWING))
    }

    fn add(&mut self, from: usize, content: Run, share: f32) {
        let mut continuation = continuation(self.article, self.claims, from, &[content]);
        continuation.confidence = to_thousandths(continuation.confidence * share);
        self.owners[content.range()].fill(Some(self.claims.len() as u32));
        self.claims.push(continuation);
    }

    /// Adds a quotation that no claim holds: as what goes on from the sentence before, or as nobody's.
    fn add_alone(&mut self, quotation: Run) {
        if quotation.range().any(|token| self.owners[token].is_some()) {
            return;
        }
        if let Some(from) = self.told_before(quotation) {
            self.add(from, quotation, FOLLOWING);
            return;
        }
        let candidate =
            Candidate { anchor: quotation.start, source: None, cue: None, content: vec![quotation], confidence: ALONE };
        self.owners[quotation.range()].fill(Some(self.claims.len() as u32));
        self.claims.push(claim(self.article, &candidate));
    }

    /// The claim with whose content the sentence before a quotation ends, in the same paragraph.
    fn told_before(&self, quotation: Run) -> Option<usize> {
        let article = self.article;
        let sentence = article.sentences[article.sentence_of(quotation.start).checked_sub(1)?].tokens;
        let is_next = sentence.end == quotation.start
            && article.paragraph_of(sentence.start) == article.paragraph_of(quotation.start);
        let last = sentence.range().rev().find(|&token| article.tokens[token].kind == TokenKind::Word)?;
        let from = self.owners[last]? as usize;
        let claim = &self.claims[from];
        let content: Vec<Run> = claim.content.iter().map(|&span| article.tokens_in(span)).collect();
        let ends = content.last().is_some_and(|run| run.range().contains(&last));
        (is_next && ends && claim.source.is_some() && !is_question(article, &content) && is_prose(article, quotation))
            .then_some(from)
    }

    /// The claim that a paragraph's last sentence ends with, partly or wholly quoted.
    fn last_in(&self, paragraph: &Paragraph) -> Option<usize> {
        let sentence = self.article.sentences[paragraph.sentences.end.checked_sub(1)?].tokens;
        let claim = sentence.range().rev().find_map(|token| self.owners[token])? as usize;
        (self.claims[claim].form != ClaimForm::Indirect).then_some(claim)
    }
}

/// Whether a run of tokens is nothing but quoted sentences.
fn is_prose(article: &Article<'_>, tokens: Run) -> bool {
    let all = &article.tokens[tokens.range()];
    let words = all.iter().filter(|token| token.kind == TokenKind::Word).count();
    let quoted = all.iter().all(|token| token.quoted > 0);
    let ends = tokens.range().rev().find(|&token| article.tokens[token].kind != TokenKind::QuoteClose);
    let closed = ends.is_some_and(|token| article.word(token).ends_with(['.', '!', '?', '…', ',', '—', ':']));
    words >= FEWEST && quoted && closed
}

#[cfg(test)]
mod tests {
    use crate::Units;
    use crate::analysis::fixture::analysis;

    /// The continuations of a marked-up text: what is said, and who says it.
    fn continuations(marked: &str) -> Vec<(String, String)> {
        let (text, analysis) = analysis(marked);
        let units = Units::new(&text);
        let name = |index: u32| analysis.speakers[index as usize].name.clone();
        let mut found = Vec::new();
        for claim in analysis.claims.iter().filter(|claim| claim.continues.is_some()) {
            assert_eq!((claim.source, claim.cue), (None, None), "{text}");
            found.push((units.slice(claim.content[0]).to_owned(), claim.speaker.map(name).unwrap_or_default()));
        }
        found
    }

    #[test]
    fn a_quotation_goes_on_from_the_claim_before_it() {
        let table: [(&str, &[&str]); 19] = [
            // It follows.
            (
                "{t “Rents rise,”} {c said} {s {p Anna Berg}}.\n\n“They will rise in May too.”",
                &["“They will rise in May too.”"],
            ),
            (
                "{t “Rents rise,”} {c said} {s {p Anna Berg}}.\n\n“They will rise in May too.”\n\n“Nobody will stop them then.”",
                &["“They will rise in May too.”", "“Nobody will stop them then.”"],
            ),
            (
                "{s {p Anna Berg}} {c called} {t it “a joke”}.\n\n“They will rise in May too.”",
                &["“They will rise in May too.”"],
            ),
            (
                "{t “Rents rise,”} {c said} {s {p Anna Berg}}.\n\nAdvertisement\n\n“They will rise in May too.”",
                &["“They will rise in May too.”"],
            ),
            // The sentence before ends with what she said, and the quotation stands alone.
            (
                "Nobody came. Last night {s {p Anna Berg}}, the mayor, {c said} {t that she was alarmed}. “The firm drags the whole town into its quarrel.”",
                &["“The firm drags the whole town into its quarrel.”"],
            ),
            (
                "Nobody came. Last night {s {p Anna Berg}}, the mayor, {c said} {t that she was alarmed} on Monday. “The firm drags the whole town into its quarrel.”",
                &[],
            ),
            // It is taken up.
            (
                "{t “Rents rise,”} {c said} {s {p Anna Berg}}. {t “They always do.}\n\n“And wages fall.”",
                &["“And wages fall.”"],
            ),
            (
                "{t “Rents rise,”} {c said} {s {p Anna Berg}}. {t “They always do.}\n\n“And wages fall.\n\n“Prices too.” She left.",
                &["“And wages fall.", "“Prices too.”"],
            ),
            // The network found its mark alone to be said.
            (
                "{t “Rents rise,”} {c said} {s {p Anna Berg}}. {t “They always do.}\n\n{t “}And wages fall.",
                &["“And wages fall."],
            ),
            // It tells what somebody else said.
            (
                "{t “Rents rise,”} {c said} {s {p Anna Berg}}. {t “They always do.}\n\n“Then {s {p Carl Lind}} {c told} me {t it was late}.”",
                &["“Then Carl Lind told me it was late.”"],
            ),
            // It has a cue of its own.
            (
                "{t “Rents rise,”} {c said} {s {p Anna Berg}}.\n\n{t “They will rise in May too,”} {c said} {s {p Carl Lind}}.",
                &[],
            ),
            // The paragraph before is nobody's quotation.
            (
                "{t “Rents rise,”} {c said} {s {p Anna Berg}}.\n\nThe town fell silent.\n\n“They will rise in May too.”",
                &[],
            ),
            ("{s {p Anna Berg}} {c said} {t that rents rise}.\n\n“They will rise in May too.”", &[]),
            // A subheading, a slogan, marks of another sort, words that are not quoted.
            ("{t “Rents rise,”} {c said} {s {p Anna Berg}}.\n\n“Rent Wars”", &[]),
            ("{t “Rents rise,”} {c said} {s {p Anna Berg}}.\n\n‘They will rise in May too.’", &[]),
            ("{t “Rents rise,”} {c said} {s {p Anna Berg}}.\n\n“They will rise in May too” is a song of hers.", &[]),
            // An answer to her question.
            ("{t “Do rents rise?”} {c asked} {s {p Anna Berg}}.\n\n“They will rise in May too.”", &[]),
            // Nobody to go on from.
            ("“They will rise in May too.”", &[]),
            ("", &[]),
        ];
        for (text, expected) in table {
            // Without a paragraph before it the first would be the headline.
            let text = &format!("The board met for four hours on Monday to talk of the pier.\n\n{text}");
            let expected: Vec<_> = expected.iter().map(|words| ((*words).to_owned(), "Anna Berg".to_owned())).collect();
            assert_eq!(continuations(text), expected, "{text:?}");
        }
    }
}
