//! The likeliest tags around a cue -> the draft of a claim, with what says how sure it is.

use super::kernel::{logarithm, sigmoid};
use super::network::SIGNALS;
use super::reading::Candidate;
use super::steps::Tagged;
use crate::span::Run;
use crate::text::{Article, TokenKind};

/// The most tokens of a quotation that are added to either side of a window.
const LONGEST_REST: usize = 512;

/// Of the quotations that start before a token, how many are looked at for those that it stands in.
const NESTED: usize = 8;

/// A claim that was found, with what says how sure it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The claim.
    pub candidate: Candidate,
    /// What its confidence is made of, by the section `confidence` of the model file, the constant first there.
    ///
    /// | signal | what |
    /// |---|---|
    /// | 0 | logit that a cue stands there |
    /// | 1 | mean logarithm of the probabilities of the content's tags |
    /// | 2 | the same of the source's tags; 0 without a source |
    /// | 3 | whether there is a source: 0 or 1 |
    /// | 4 | share of the content that stands in quotation marks |
    /// | 5 | logarithm of the content's length in tokens |
    pub signals: [f32; SIGNALS],
}

/// A token's part in a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    None,
    Source,
    Cue,
    Content,
}

/// A claim before it is known which of its words others have taken.
pub(super) struct Draft {
    pub found: Found,
    /// The tokens of the content, in order.
    pub content: Vec<usize>,
}

/// Runs of tokens that follow one another.
pub(super) fn runs(tokens: impl Iterator<Item = usize>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for token in tokens {
        match runs.last_mut() {
            Some(run) if run.end == token => run.end += 1,
            _ => runs.push(Run::new(token, token + 1)),
        }
    }
    runs
}

/// The claim that a window holds, if something is said in it.
pub(super) fn draft(article: &Article<'_>, coefficients: &[f32], is_read: &[bool], window: &Tagged) -> Option<Draft> {
    let roles: Vec<Role> = (window.start..)
        .zip(&window.path.tags)
        .map(|(token, tag)| match tag {
            _ if token == window.anchor => Role::Cue,
            _ if !is_read[token] => Role::None,
            1 | 2 => Role::Source,
            3 | 4 => Role::Cue,
            5 | 6 => Role::Content,
            _ => Role::None,
        })
        .collect();
    let of = |role: Role| {
        let all = (window.start..).zip(&roles);
        all.filter(move |(_, other)| **other == role).map(|(token, _)| token)
    };
    let source = runs(of(Role::Source)).into_iter().reduce(|best, run| if run.len() > best.len() { run } else { best });
    let mut content = filled(&roles, window.start, is_read);
    content.drain(..content.iter().take_while(|&&token| is_ornament(article, token)).count());
    complete(article, window, is_read, &mut content);
    let length = content.len();
    if length == 0 {
        return None;
    }
    let logarithm_of = |token: usize| logarithm(window.path.probabilities[token - window.start].max(1e-6));
    let mean = |sum: f32, count: usize| sum / count.max(1) as f32;
    let said: f32 = of(Role::Content).map(logarithm_of).sum();
    let named: f32 = source.iter().flat_map(|run| run.range()).map(logarithm_of).sum();
    let quoted = content.iter().filter(|&&token| article.tokens[token].quoted > 0).count();
    let signals = [
        window.logit,
        mean(said, of(Role::Content).count()),
        mean(named, source.map_or(0, Run::len)),
        if source.is_some() { 1.0 } else { 0.0 },
        mean(quoted as f32, length),
        logarithm(length as f32),
    ];
    let candidate = Candidate {
        anchor: window.anchor,
        source: source.and_then(|run| without_marks(article, run)),
        cue: without_marks(article, cue(&roles, window, is_read)),
        content: Vec::new(),
        confidence: confidence(coefficients, &signals),
    };
    Some(Draft { found: Found { candidate, signals }, content })
}

/// Adds what a quotation says beyond the window that cuts it.
fn complete(article: &Article<'_>, window: &Tagged, is_read: &[bool], content: &mut Vec<usize>) {
    let (Some(&first), Some(&last)) = (content.first(), content.last()) else { return };
    let around = |token: usize| {
        let after = article.quotations.partition_point(|quotation| quotation.tokens.start <= token);
        let near = article.quotations[..after].iter().rev().take(NESTED);
        near.filter(|quotation| quotation.tokens.contains(token)).min_by_key(|quotation| quotation.depth)
    };
    let end = window.start + window.path.tags.len();
    if let Some(quotation) = around(last).filter(|_| last + 1 == end) {
        let beyond = end..quotation.tokens.end.min(end + LONGEST_REST);
        content.extend(beyond.take_while(|&token| is_read[token]));
    }
    if let Some(quotation) = around(first).filter(|_| first == window.start) {
        let beyond = quotation.tokens.start.max(first.saturating_sub(LONGEST_REST))..first;
        let mut before: Vec<usize> = beyond.rev().take_while(|&token| is_read[token]).collect();
        before.reverse();
        content.splice(..0, before);
    }
}

/// A run without commas, colons and semicolons at its ends; none where it holds nothing else.
fn without_marks(article: &Article<'_>, run: Run) -> Option<Run> {
    let is_mark = |token: usize| matches!(article.word(token), "," | ":" | ";");
    let start = run.range().find(|&token| !is_mark(token))?;
    let last = run.range().rfind(|&token| !is_mark(token))?;
    Some(Run::new(start, last + 1))
}

/// Whether a token is a sign that stands by itself, such as an emoji, and not the "$" of "$40".
fn is_ornament(article: &Article<'_>, token: usize) -> bool {
    let after = article.tokens.get(token + 1).map_or(usize::MAX, |next| next.bytes.0);
    article.tokens[token].kind == TokenKind::Symbol && article.tokens[token].bytes.1 < after
}

/// How sure a claim is: by the fitted coefficients, or as sure as its cue.
fn confidence(coefficients: &[f32], signals: &[f32; SIGNALS]) -> f32 {
    let Some((constant, factors)) = coefficients.split_first() else { return sigmoid(signals[0]) };
    sigmoid(factors.iter().zip(signals).fold(*constant, |sum, (factor, signal)| sum + factor * signal))
}

/// All words of the cue in one run, unless others or furniture stand between them: then those with the anchor.
fn cue(roles: &[Role], window: &Tagged, is_read: &[bool]) -> Run {
    let anchor = window.anchor - window.start;
    let is_part = |role: &Role| matches!(role, Role::Cue);
    let first = roles.iter().position(is_part).unwrap_or(anchor);
    let last = roles.iter().rposition(is_part).unwrap_or(anchor);
    let parts = |role: &Role| matches!(role, Role::Source | Role::Content);
    let is_furniture = |place: usize| !is_read[window.start + place];
    let stands_apart = roles[first..=last].iter().any(parts) || (first..=last).any(is_furniture);
    let (first, end) = if stands_apart {
        let first = roles[..anchor].iter().rposition(|role| !is_part(role)).map_or(0, |before| before + 1);
        let end = roles[anchor..].iter().position(|role| !is_part(role)).map_or(roles.len(), |after| anchor + after);
        (first, end)
    } else {
        (first, last + 1)
    };
    Run::new(window.start + first, window.start + end)
}

/// The tokens of the content, with those between its parts where neither source nor cue nor furniture stands there.
fn filled(roles: &[Role], start: usize, is_read: &[bool]) -> Vec<usize> {
    let mut content: Vec<usize> = Vec::new();
    for (token, _) in (start..).zip(roles).filter(|(_, role)| **role == Role::Content) {
        let gap = content.last().map_or(token, |last| last + 1)..token;
        if gap.clone().all(|between| is_read[between] && roles[between - start] == Role::None) {
            content.extend(gap);
        }
        content.push(token);
    }
    content
}

#[cfg(test)]
mod tests {
    use super::super::steps::Path;
    use super::*;
    use crate::lang::ENGLISH;

    #[test]
    fn confidence_is_the_cues_where_none_was_fitted() {
        let signals = [1.5, -0.3, -0.2, 1.0, 0.5, 2.0];
        assert!((confidence(&[], &signals) - sigmoid(1.5)).abs() < 1e-6);
        let fitted = [0.5, 1.0, 2.0, 0.0, -1.0, 0.0, 0.1];
        assert!((confidence(&fitted, &signals) - sigmoid(0.5 + 1.5 - 0.6 - 1.0 + 0.2)).abs() < 1e-6);
    }

    #[test]
    fn a_sign_by_itself_is_no_part_of_what_is_said() {
        let article = Article::new("📈 $40 million, ▶ he said.📈", &ENGLISH);
        let signs: Vec<&str> = (0..article.tokens.len())
            .filter(|&token| is_ornament(&article, token))
            .map(|token| article.word(token))
            .collect();
        assert_eq!(signs, ["📈", "▶", "📈"]);
    }

    #[test]
    fn gaps_close_unless_a_part_stands_in_them() {
        let article = Article::new("rents rise now Anna said and fall", &ENGLISH);
        let tags = |tags: [u8; 7]| Tagged {
            anchor: 4,
            logit: 1.0,
            start: 0,
            path: Path { tags: tags.to_vec(), probabilities: vec![0.5; 7] },
            emissions: Vec::new(),
        };
        let found = |of: [u8; 7], is_read: [bool; 7]| {
            let Draft { found, content } = draft(&article, &[], &is_read, &tags(of)).expect("a claim");
            (found.candidate.source, found.candidate.cue, runs(content.into_iter()))
        };
        let (source, cue) = (Some(Run::new(3, 4)), Some(Run::new(4, 5)));
        let content = vec![Run::new(0, 3), Run::new(5, 7)];
        assert_eq!(found([5, 0, 5, 1, 3, 5, 6], [true; 7]), (source, cue, content));
        let mut is_read = [true; 7];
        is_read[1] = false;
        assert_eq!(found([5, 0, 5, 0, 0, 0, 0], is_read).2, [Run::new(0, 1), Run::new(2, 3)]);
        assert_eq!(found([5, 3, 0, 0, 3, 0, 5], [true; 7]).1, Some(Run::new(1, 5)), "one cue in two pieces");
        assert_eq!(found([3, 0, 5, 0, 3, 0, 5], [true; 7]).1, cue, "content stands between the pieces");
    }
}
