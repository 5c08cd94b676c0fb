//! What the network should say of a segment: hard where annotators said it, soft where teachers did.

use whosaid::model::Features;

use crate::deep::Excerpt;
use crate::example::{Anchored, Segment};
use crate::parameter::{POSITIONS, REACH};
use crate::syntax;

/// A segment as the network learns from it.
#[derive(Debug, Clone, Default)]
pub struct Lesson {
    /// What it sees.
    pub features: Features,
    /// Where what a transformer says of its tokens is kept; `None` in a small network.
    pub deep: Option<Excerpt>,
    /// What it should say.
    pub targets: Targets,
}

/// What the network should say of each token of a segment; what is absent is not known.
#[derive(Debug, Clone, Default)]
pub struct Targets {
    /// How likely an anchor stands there.
    pub anchors: Option<Vec<f32>>,
    /// Its tag when all attributions are written into one sequence, 0 to 6.
    pub flat: Option<Vec<u8>>,
    /// The tags of names that may be right, a bit each, and how much that counts.
    pub allowed: Option<(Vec<u16>, f32)>,
    /// How likely each tag of names is, and how much that counts.
    pub names: Option<(Vec<[f32; 9]>, f32)>,
    /// Its part of speech, [`syntax::NONE`] where that is unknown.
    pub part_of_speech: Option<Vec<u8>>,
    /// Its relation, likewise.
    pub relation: Option<Vec<u8>>,
    /// What stands around each anchor.
    pub windows: Vec<Window>,
}

/// The neighbourhood of an anchor.
#[derive(Debug, Clone, PartialEq)]
pub struct Window {
    /// The token in the middle.
    pub anchor: usize,
    /// Tag sequences of 129 positions, each with how much it counts; 0 outside the segment.
    pub sequences: Vec<(f32, Vec<u8>)>,
}

impl Lesson {
    /// How many tokens it has.
    pub fn len(&self) -> usize {
        self.features.layout.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl From<Segment> for Lesson {
    fn from(segment: Segment) -> Self {
        let count = segment.len();
        let mut targets = Targets {
            allowed: segment.tags.map(|tags| (tags, 1.0)),
            names: segment.names.map(|names| (names, 1.0)),
            part_of_speech: segment.part_of_speech,
            relation: segment.relation,
            ..Targets::default()
        };
        if let Some(attributions) = &segment.attributions {
            let (mut anchors, mut flat) = (vec![0.0; count], vec![0; count]);
            for attribution in attributions {
                anchors[attribution.anchor] = 1.0;
                write(&mut flat, attribution, 0);
                let sequences = vec![(1.0, window(attribution))];
                targets.windows.push(Window { anchor: attribution.anchor, sequences });
            }
            targets.anchors = Some(anchors);
            targets.flat = Some(flat);
        }
        if let Some(likely) = segment.likely {
            targets.anchors = Some(likely.anchors);
            let around = |(weight, claim): (f32, Anchored)| Window {
                anchor: claim.anchor,
                sequences: vec![(weight, window(&claim))],
            };
            targets.windows = likely.claims.into_iter().map(around).collect();
        }
        Self { features: segment.features, deep: segment.deep, targets }
    }
}

/// Writes an attribution's tags, from token `first` on; a later role takes a token from an earlier one.
fn write(tags: &mut [u8], attribution: &Anchored, first: usize) {
    for (tokens, begin) in [(&attribution.content, 5), (&attribution.cue, 3), (&attribution.source, 1)] {
        for (number, &token) in tokens.iter().enumerate() {
            let goes_on = number > 0 && tokens[number - 1] + 1 == token;
            let place = token.checked_sub(first).and_then(|place| tags.get_mut(place));
            if let Some(tag) = place {
                *tag = begin + u8::from(goes_on);
            }
        }
    }
}

/// The tags of the window around an attribution's anchor. What another role cuts starts anew after it.
pub(crate) fn window(attribution: &Anchored) -> Vec<u8> {
    // Windows reach beyond the segment's start: all places are moved to the right.
    let moved = |tokens: &[usize]| tokens.iter().map(|token| token + REACH).collect();
    let moved = Anchored {
        anchor: attribution.anchor + REACH,
        source: moved(&attribution.source),
        cue: moved(&attribution.cue),
        content: moved(&attribution.content),
    };
    let mut tags = vec![0; POSITIONS];
    write(&mut tags, &moved, attribution.anchor);
    for at in 1..tags.len() {
        let (before, tag) = (tags[at - 1], tags[at]);
        if tag > 0 && tag % 2 == 0 && before != tag && before + 1 != tag {
            tags[at] -= 1;
        }
    }
    tags
}

/// The parser's label of a token, if it has one.
pub(crate) fn known(labels: Option<&Vec<u8>>, token: usize) -> Option<usize> {
    labels.map(|labels| labels[token]).filter(|&label| label != syntax::NONE).map(usize::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::Likely;

    #[test]
    fn a_window_is_tagged_around_its_anchor() {
        // The cue stands inside the content, whose second part then starts anew; the start lies before the window.
        let attribution =
            Anchored { anchor: 100, source: vec![30, 99], cue: vec![100, 101], content: (90..110).collect() };
        let tags = window(&attribution);
        let expected = |token: usize| match token {
            90 | 102 => 5,
            91..=98 | 103..=109 => 6,
            99 => 1,
            100 => 3,
            101 => 4,
            _ => 0,
        };
        assert_eq!(tags, (36..=164).map(expected).collect::<Vec<u8>>());
        let early = Anchored { anchor: 1, source: vec![0], cue: vec![1], content: vec![2] };
        assert_eq!(window(&early)[62..68], [0, 1, 3, 5, 0, 0]);
    }

    #[test]
    fn a_segment_s_labels_are_targets() {
        let features = Features { layout: vec![0; 4], ..Features::default() };
        let attribution = Anchored { anchor: 1, source: vec![0], cue: vec![1], content: vec![2, 3] };
        let segment = Segment {
            features,
            tags: Some(vec![1; 4]),
            names: None,
            deep: None,
            attributions: Some(vec![attribution.clone()]),
            likely: None,
            part_of_speech: None,
            relation: None,
        };
        let targets = Lesson::from(segment.clone()).targets;
        assert_eq!(targets.anchors, Some(vec![0.0, 1.0, 0.0, 0.0]));
        assert_eq!(targets.flat, Some(vec![1, 3, 5, 6]));
        assert_eq!(targets.windows, [Window { anchor: 1, sequences: vec![(1.0, window(&attribution))] }]);
        let likely = Likely { anchors: vec![0.0, 0.8, 0.1, 0.0], claims: vec![(0.8, attribution.clone())] };
        let targets = Lesson::from(Segment { likely: Some(likely), ..segment }).targets;
        assert_eq!(targets.anchors, Some(vec![0.0, 0.8, 0.1, 0.0]));
        assert_eq!(targets.flat, Some(vec![1, 3, 5, 6]));
        assert_eq!(targets.windows, [Window { anchor: 1, sequences: vec![(0.8, window(&attribution))] }]);
    }
}
