//! What the three scores do not tell: which claims are found, and whether a confidence means what it says.

use super::{Row, Section};
use crate::record::{Claim, Said};

/// A claim that was found: indices of gold's and of what was found, and what of it is right.
pub(crate) struct Match {
    pub(crate) gold: usize,
    pub(crate) predicted: usize,
    pub(crate) linked: bool,
    pub(crate) exact: bool,
}

/// Forms of the cues whose claims make up most of the news.
const PLAIN_CUES: [&str; 9] = ["say", "says", "said", "saying", "tell", "tells", "told", "telling", "according"];

/// How many parts the confidences are cut into.
const BINS: usize = 10;

/// Gold claims found, linked and exact, by a trait of theirs.
#[derive(Default, Clone, Copy)]
struct Found {
    gold: usize,
    claim: usize,
    linked: usize,
    exact: usize,
}

/// Claims shown, the sum of their confidences, and how many are right.
#[derive(Default, Clone, Copy)]
struct Shown {
    claims: usize,
    confidence: f64,
    right: usize,
}

/// What confidences are worth, in ten parts.
#[derive(Default)]
pub(super) struct Reliability([Shown; BINS]);

impl Reliability {
    /// Counts a claim, and whether what its confidence is about is right.
    pub(super) fn add(&mut self, confidence: f32, is_right: bool) {
        let bin = (1..BINS).take_while(|&bin| confidence >= bin as f32 / BINS as f32).count();
        let bin = &mut self.0[bin];
        bin.claims += 1;
        bin.confidence += f64::from(confidence);
        bin.right += usize::from(is_right);
    }

    pub(super) fn section(&self, title: &'static str) -> Section {
        let rows = self.0.iter().enumerate().filter(|(_, bin)| bin.claims > 0).map(|(index, bin)| {
            let mean = |sum: f64| format!("{:.1}", 100.0 * sum / bin.claims as f64);
            Row {
                name: format!("{} to {} %", 100 / BINS * index, 100 / BINS * (index + 1)),
                cells: [bin.claims.to_string(), mean(bin.confidence), mean(bin.right as f64)],
            }
        });
        Section { title, columns: ["claims", "mean", "right"], rows: rows.collect() }
    }
}

/// Counts over all articles.
#[derive(Default)]
pub(super) struct Breakdown {
    groups: [Found; 2],
    /// Right is a claim that is found with the right source.
    reliability: Reliability,
}

impl Breakdown {
    /// Adds an article: its gold, what was found, and which of them match.
    pub(super) fn add(&mut self, text: &[char], gold: &[&Said], predicted: &[&Claim], matches: &[Match]) {
        let group = |said: &Said| usize::from(!is_plain(text, said));
        for said in gold.iter().filter(|said| !said.content.is_empty()) {
            self.groups[group(said)].gold += 1;
        }
        let mut right = vec![false; predicted.len()];
        for matched in matches {
            let found = &mut self.groups[group(gold[matched.gold])];
            found.claim += 1;
            found.linked += usize::from(matched.linked);
            found.exact += usize::from(matched.exact);
            right[matched.predicted] = matched.linked;
        }
        for (claim, right) in predicted.iter().zip(right) {
            self.reliability.add(claim.confidence, right);
        }
    }

    /// Recall by cue, and the reliability of the confidences.
    pub(super) fn sections(&self) -> [Section; 2] {
        let names = ["cue is say, tell or according to", "any other cue"];
        let recall = names.iter().zip(self.groups).map(|(name, found)| {
            let of = |hit: usize| 100.0 * hit as f64 / found.gold.max(1) as f64;
            Row::percent(format!("{name} ({})", found.gold), [of(found.claim), of(found.linked), of(found.exact)])
        });
        let recall = Section { title: "recall by cue", columns: ["claim", "linked", "exact"], rows: recall.collect() };
        [recall, self.reliability.section("claims by confidence")]
    }
}

/// Whether a claim's cue is a form of "say" or "tell", or "according to".
fn is_plain(text: &[char], said: &Said) -> bool {
    said.cue.iter().any(|&[start, end]| {
        let words: String = text.get(start..end).unwrap_or_default().iter().collect();
        words.split_whitespace().any(|word| PLAIN_CUES.contains(&word.to_lowercase().as_str()))
    })
}

#[cfg(test)]
mod tests {
    use whosaid::scheme::ClaimForm;

    use super::*;
    use crate::record::statement;

    #[test]
    fn claims_are_counted_by_cue_and_by_confidence() {
        let text: Vec<char> = "A said x. B hopes y.".chars().collect();
        let gold = [
            Said { source: vec![[0, 1]], cue: vec![[2, 6]], content: vec![[7, 8]] },
            Said { source: vec![[10, 11]], cue: vec![[12, 17]], content: vec![[18, 19]] },
        ];
        let claim = |said: &Said, confidence| statement(said.clone(), ClaimForm::Indirect, confidence);
        let predicted = [claim(&gold[0], 0.95), claim(&gold[1], 1.0)];
        let matches = [Match { gold: 0, predicted: 0, linked: true, exact: false }];
        let mut breakdown = Breakdown::default();
        breakdown.add(&text, &gold.each_ref(), &predicted.each_ref(), &matches);
        let [recall, reliability] = breakdown.sections();
        let cells: Vec<_> = recall.rows.iter().map(|row| row.cells.each_ref().map(String::as_str)).collect();
        assert_eq!(cells, [["100.0", "100.0", "0.0"], ["0.0", "0.0", "0.0"]]);
        assert_eq!(reliability.rows.len(), 1);
        assert_eq!(reliability.rows[0].name, "90 to 100 %");
        assert_eq!(reliability.rows[0].cells, ["2", "97.5", "50.0"]);
    }
}
