//! Drafts -> claims: of claims that share words the surest stands, unless one stands whole in what the other says.

use std::cmp::Ordering;

use super::draft::{Draft, Found, draft, runs};
use super::network::Network;
use super::reading::Candidate;
use super::steps::{Path, Steps, Tagged};
use crate::order::{sort, sort_by, sort_by_key};
use crate::span::Run;
use crate::text::Article;

/// What a network says of the claims that may stand.
pub(super) struct Terms<'n> {
    /// What makes a confidence of a claim's signals.
    confidence: &'n [f32],
    /// How sure a claim inside another has to be; none where such claims are not looked for.
    inner: Option<f32>,
    /// Of tags around a cue, from and to.
    transitions: &'n [Vec<f32>],
}

impl<'n> Terms<'n> {
    pub(super) fn of(network: &'n Network) -> Self {
        let Network { confidence, inner, span, .. } = network;
        Self { confidence, inner: *inner, transitions: &span.transitions }
    }
}

/// How many claims stand in one another at most, the outermost among them.
const DEEPEST: usize = 3;

/// A claim that stands.
struct Kept {
    candidate: Candidate,
    /// From the first to the last of its tokens, source and cue among them.
    frame: Run,
    /// How many claims it stands in.
    depth: usize,
}

impl Kept {
    /// The part of what it says in which all of some tokens stand.
    fn part_with(&self, tokens: Run) -> Option<Run> {
        part_with(&self.candidate.content, tokens)
    }
}

/// The part in which all of some tokens stand.
fn part_with(content: &[Run], tokens: Run) -> Option<Run> {
    content.iter().copied().find(|part| part.holds(tokens))
}

/// Whether a claim stands whole in a part of what some claim says.
pub(super) fn stands_in(candidate: &Candidate, content: &[Run]) -> bool {
    part_with(content, frame(candidate)).is_some()
}

/// Settles which claims of an article stand, in the order of their anchors.
///
/// Surest first, each claim takes the words that it says and those of its cue; another one gets what is left of its own, if
/// that is half of it or more. Where the network looks for claims inside claims, one that stands whole in a part of what
/// another says shares these words with it.
pub(super) fn settle_rivals(
    terms: &Terms<'_>,
    article: &Article<'_>,
    is_read: &[bool],
    windows: Vec<Tagged>,
) -> Vec<Found> {
    let Terms { confidence, inner, transitions } = *terms;
    let steps = Steps::new(transitions);
    let drafted = windows.into_iter().filter_map(|window| {
        let draft = draft(article, confidence, is_read, &window)?;
        Some((draft, Tagged { path: Path::default(), ..window }))
    });
    let mut drafts: Vec<(Draft, Tagged)> = drafted.collect();
    sort_by(&mut drafts, |(one, _), (other, _)| surest_first(&one.found.candidate, &other.found.candidate));
    let mut page = Page::new(article, inner);
    let mut signals = Vec::new();
    for (draft, window) in drafts {
        let draft = match page.around(window.anchor) {
            Around::Nothing => Some(draft),
            Around::Said(part) => {
                self::draft(article, confidence, is_read, &steps.tag_within(&window, part, is_read.len()))
            }
            Around::Taken => None,
        };
        let Some(Draft { found, content }) = draft else { continue };
        let cue = found.candidate.cue;
        if page.put(Candidate { content: runs(content.into_iter()), ..found.candidate }) {
            signals.push(found.signals);
            page.take(cue.into_iter().flat_map(Run::range));
        }
    }
    let kept = page.kept.into_iter().zip(signals);
    let mut found: Vec<Found> = kept.map(|(kept, signals)| Found { candidate: kept.candidate, signals }).collect();
    sort_by_key(&mut found, |found| found.candidate.anchor);
    found
}

/// Leaves claims apart: where two share words and neither stands whole in the other, the surer one keeps them.
pub(crate) fn apart(article: &Article<'_>, mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    sort_by(&mut candidates, surest_first);
    let mut page = Page::new(article, Some(0.0));
    for candidate in candidates {
        page.put(candidate);
    }
    let mut kept: Vec<Candidate> = page.kept.into_iter().map(|kept| kept.candidate).collect();
    sort_by_key(&mut kept, |candidate| candidate.anchor);
    kept
}

fn surest_first(one: &Candidate, other: &Candidate) -> Ordering {
    other.confidence.total_cmp(&one.confidence).then(one.anchor.cmp(&other.anchor))
}

/// What stands around a cue already.
enum Around {
    Nothing,
    /// A claim says it, and may hold another: the part in which it stands.
    Said(Run),
    Taken,
}

/// The claims of an article that stand so far.
struct Page<'t> {
    article: &'t Article<'t>,
    /// How sure a claim inside another has to be; none where no claim may stand in another.
    inner: Option<f32>,
    kept: Vec<Kept>,
    /// The claims that have taken each token, by their index.
    takers: Vec<Vec<u32>>,
}

impl<'t> Page<'t> {
    fn new(article: &'t Article<'t>, inner: Option<f32>) -> Self {
        Self { article, inner, kept: Vec::new(), takers: vec![Vec::new(); article.tokens.len()] }
    }

    fn around(&self, anchor: usize) -> Around {
        let token = Run::new(anchor, anchor + 1);
        let parts = self.takers[anchor].iter().map(|&taker| self.kept[taker as usize].part_with(token));
        match parts.collect::<Option<Vec<Run>>>() {
            Some(parts) if self.inner.is_some() || parts.is_empty() => {
                parts.into_iter().min_by_key(|part| part.len()).map_or(Around::Nothing, Around::Said)
            }
            _ => Around::Taken,
        }
    }

    /// Whether a claim stands whole in a part of what another one says, and is sure enough for that.
    fn is_inside(&self, inner: &Kept, outer: &Kept) -> bool {
        self.inner.is_some_and(|least| inner.candidate.confidence >= least)
            && outer.part_with(inner.frame).is_some()
            && extent(&inner.candidate.content) != extent(&outer.candidate.content)
    }

    /// Whether two claims may share words.
    fn may_share(&self, kept: &Kept, new: &Kept) -> bool {
        self.is_inside(new, kept) || self.is_inside(kept, new)
    }

    /// The claims that have taken tokens of some parts.
    fn takers(&self, content: &[Run]) -> Vec<u32> {
        let mut takers: Vec<u32> = tokens(content).flat_map(|token| self.takers[token].iter().copied()).collect();
        sort(&mut takers);
        takers.dedup();
        takers
    }

    /// Keeps a claim with the words that others leave it, if they are enough to say something.
    fn put(&mut self, candidate: Candidate) -> bool {
        let mut new = Kept { frame: frame(&candidate), candidate, depth: 0 };
        let mut rivals = self.takers(&new.candidate.content);
        rivals.retain(|&other| !self.may_share(&self.kept[other as usize], &new));
        let is_free = |token: &usize| !self.takers[*token].iter().any(|taker| rivals.contains(taker));
        let left = |part: &Run| runs(part.range().filter(is_free));
        let free: Vec<Run> = new.candidate.content.iter().flat_map(left).collect();
        let is_word = |token: usize| self.article.tokens[token].kind.is_word();
        if 2 * tokens(&free).count() < tokens(&new.candidate.content).count() || !tokens(&free).any(is_word) {
            return false;
        }
        new.candidate.content = free;
        new.frame = frame(&new.candidate);
        let (inner, outer): (Vec<u32>, Vec<u32>) = self
            .takers(&new.candidate.content)
            .into_iter()
            .partition(|&other| self.is_inside(&self.kept[other as usize], &new));
        // Less is said now: what stood inside may stand in no one part any more.
        if !outer.iter().all(|&other| self.is_inside(&new, &self.kept[other as usize])) {
            return false;
        }
        new.depth = outer.len();
        let depths = inner.iter().map(|&inner| self.kept[inner as usize].depth + 1);
        if depths.chain([new.depth]).any(|depth| depth >= DEEPEST) {
            return false;
        }
        for inner in inner {
            self.kept[inner as usize].depth += 1;
        }
        let said = new.candidate.content.clone();
        self.kept.push(new);
        self.take(tokens(&said));
        true
    }

    /// Takes some tokens for the claim that was kept last.
    fn take(&mut self, tokens: impl Iterator<Item = usize>) {
        let last = self.kept.len() as u32 - 1;
        tokens.for_each(|token| self.takers[token].push(last));
    }
}

fn tokens(content: &[Run]) -> impl Iterator<Item = usize> {
    content.iter().flat_map(|part| part.range())
}

/// From the first to the last token that is said.
fn extent(content: &[Run]) -> Option<(usize, usize)> {
    Some((content.first()?.start, content.last()?.end))
}

/// From the first to the last token of a claim.
fn frame(candidate: &Candidate) -> Run {
    let parts = candidate.source.iter().chain(&candidate.cue).chain(&candidate.content);
    let hull = |all: Run, part: &Run| Run::new(all.start.min(part.start), all.end.max(part.end));
    parts.fold(Run::new(candidate.anchor, candidate.anchor + 1), hull)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::ENGLISH;

    const WORDS: usize = 9;

    /// A cue with its logit and the tags around it.
    fn tagged(anchor: usize, logit: f32, tags: [u8; WORDS]) -> Tagged {
        let emissions = tags.map(|tag| std::array::from_fn(|other| if other == usize::from(tag) { 4.0 } else { 0.0 }));
        let path = Path { tags: tags.to_vec(), probabilities: vec![0.9; WORDS] };
        Tagged { anchor, logit, start: 0, path, emissions: emissions.to_vec() }
    }

    /// The anchor and the content of each claim that stands.
    fn settled(inner: Option<f32>, windows: &[Tagged]) -> Vec<(usize, Vec<Run>)> {
        let article = Article::new("Anna said rents rise and Carl said no.", &ENGLISH);
        let transitions = vec![vec![0.0; 7]; 7];
        let terms = Terms { confidence: &[], inner, transitions: &transitions };
        let found = settle_rivals(&terms, &article, &[true; WORDS], windows.to_vec());
        found.into_iter().map(|found| (found.candidate.anchor, found.candidate.content)).collect()
    }

    /// Anna said [rents rise and Carl said no].
    const LONG: [u8; WORDS] = [1, 3, 5, 6, 6, 6, 6, 6, 0];
    /// Carl said [no].
    const SHORT: [u8; WORDS] = [0, 0, 0, 0, 0, 1, 3, 5, 0];
    /// [rents rise and] Carl said [no].
    const CROSSING: [u8; WORDS] = [0, 5, 6, 6, 6, 1, 3, 5, 0];

    #[test]
    fn a_surer_claim_takes_its_words_first() {
        let long = (1, vec![Run::new(2, 8)]);
        assert_eq!(settled(None, &[tagged(1, 2.0, LONG), tagged(6, 1.0, SHORT)]), [long]);
        let cut = (1, vec![Run::new(2, 6)]);
        let short = (6, vec![Run::new(7, 8)]);
        assert_eq!(settled(None, &[tagged(1, 1.0, LONG), tagged(6, 2.0, SHORT)]), [cut, short]);
    }

    #[test]
    fn a_claim_inside_another_stands_where_it_is_sure_enough() {
        let (long, short) = ((1, vec![Run::new(2, 8)]), (6, vec![Run::new(7, 8)]));
        for (first, second) in [(2.0, 1.0), (1.0, 2.0)] {
            let windows = [tagged(1, first, LONG), tagged(6, second, SHORT)];
            assert_eq!(settled(Some(0.5), &windows), [long.clone(), short.clone()], "{first} {second}");
        }
        let unsure = [tagged(1, 2.0, LONG), tagged(6, 1.0, SHORT)];
        assert_eq!(settled(Some(0.8), &unsure), settled(None, &unsure));
        // Nothing of it may stand outside the part that holds it.
        let shorter = [1, 3, 5, 6, 6, 6, 6, 0, 0];
        let windows = [tagged(1, 2.0, shorter), tagged(6, 1.0, CROSSING)];
        assert_eq!(settled(Some(0.5), &windows), [(1, vec![Run::new(2, 7)]), (6, vec![Run::new(2, 5)])]);
        // The extent tells claims apart: no two have the same.
        assert_eq!(settled(Some(0.5), &[tagged(1, 2.0, LONG), tagged(6, 1.0, CROSSING)]), [long]);
    }
}
