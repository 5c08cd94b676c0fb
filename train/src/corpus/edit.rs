//! Changes of a text that carry every place along.

use std::ops::Range;

use super::{Attribution, Entity, Parsed, Sample, Taught, TaughtClaim};

/// Replacements of ranges of bytes of one text, in any order, none within another.
///
/// What is put in at the edge of a place stays outside of it; a place that cuts a replaced range keeps the whole of what
/// takes its place; a place of which nothing is left is gone.
#[derive(Debug, Clone, Default)]
pub struct Edits(Vec<(Range<usize>, String)>);

impl Edits {
    /// Replaces `bytes` by `text`; nothing happens where they overlap a range that is replaced already.
    pub fn replace(&mut self, bytes: Range<usize>, text: impl Into<String>) {
        let at = self.0.partition_point(|(before, _)| (before.start, before.end) < (bytes.start, bytes.end));
        let is_free = self.0[..at].last().is_none_or(|(before, _)| before.end <= bytes.start)
            && self.0.get(at).is_none_or(|(after, _)| bytes.end <= after.start && *after != bytes);
        if is_free {
            self.0.insert(at, (bytes, text.into()));
        }
    }

    /// Whether nothing is replaced.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The sample after the changes.
    #[must_use]
    pub fn apply(&self, sample: &Sample) -> Sample {
        let moves = self.moves();
        let entities = |entities: &Vec<Entity>| {
            let kept = entities
                .iter()
                .filter_map(|entity| Some(Entity { bytes: moves.place(&entity.bytes)?, label: entity.label }));
            without_overlap(kept.collect())
        };
        let attribution = |attribution: &Attribution| {
            let cue = moves.places(&attribution.cue);
            let (source, content) = (moves.places(&attribution.source), moves.places(&attribution.content));
            (!cue.is_empty()).then_some(Attribution { source, cue, content })
        };
        let attributions = |all: &Vec<Attribution>| all.iter().filter_map(attribution).collect();
        let claim = |claim: &TaughtClaim| {
            let (anchor, parts) = (moves.place(&claim.anchor)?, attribution(&claim.parts)?);
            Some(TaughtClaim { anchor, parts, ..*claim })
        };
        let taught = |taught: &Taught| Taught {
            publisher: taught.publisher.clone(),
            anchors: taught.anchors.iter().filter_map(|(at, percent)| Some((moves.place(at)?, *percent))).collect(),
            claims: taught.claims.iter().filter_map(claim).collect(),
        };
        Sample {
            name: sample.name.clone(),
            corpus: sample.corpus,
            text: self.text(&sample.text),
            entities: sample.entities.as_ref().map(entities),
            doubts: moves.places(&sample.doubts),
            attributions: sample.attributions.as_ref().map(attributions),
            taught: sample.taught.as_ref().map(taught),
            guesses: entities(&sample.guesses),
            syntax: sample.syntax.as_ref().map(|words| moves.words(words)),
        }
    }

    /// The text after the changes.
    fn text(&self, before: &str) -> String {
        let mut after = String::with_capacity(before.len() + before.len() / 8);
        let mut at = 0;
        for (bytes, text) in &self.0 {
            after.push_str(&before[at..bytes.start]);
            after.push_str(text);
            at = bytes.end;
        }
        after + &before[at..]
    }

    /// What moves places: per change, where it stands after the changes.
    fn moves(&self) -> Moves {
        let mut moves = Vec::with_capacity(self.0.len());
        let (mut old, mut new) = (0, 0);
        for (bytes, text) in &self.0 {
            let start = new + (bytes.start - old);
            moves.push((bytes.clone(), start..start + text.len()));
            (old, new) = (bytes.end, start + text.len());
        }
        Moves(moves)
    }
}

/// Names in order, without those that two changes pushed into one another.
fn without_overlap(entities: Vec<Entity>) -> Vec<Entity> {
    let mut kept: Vec<Entity> = Vec::with_capacity(entities.len());
    for entity in entities {
        if kept.last().is_none_or(|before| before.bytes.end <= entity.bytes.start) {
            kept.push(entity);
        }
    }
    kept
}

/// Ranges before and after, in order.
struct Moves(Vec<(Range<usize>, Range<usize>)>);

impl Moves {
    /// Where a place that starts at a byte starts now.
    fn start(&self, at: usize) -> usize {
        let count = self.0.partition_point(|(old, _)| old.end <= at);
        match self.0.get(count) {
            Some((old, new)) if old.start < at => new.start,
            _ => self.after(count, at),
        }
    }

    /// Where a place that ends at a byte ends now.
    fn end(&self, at: usize) -> usize {
        let count = self.0.partition_point(|(old, _)| old.end < at || old.end == at && !old.is_empty());
        match self.0.get(count) {
            Some((old, new)) if old.start < at => new.end,
            _ => self.after(count, at),
        }
    }

    /// Where a byte stands that follows the first `count` changes.
    fn after(&self, count: usize, at: usize) -> usize {
        count.checked_sub(1).map_or(at, |last| {
            let (old, new) = &self.0[last];
            new.end + (at - old.end)
        })
    }

    fn place(&self, bytes: &Range<usize>) -> Option<Range<usize>> {
        let (start, end) = (self.start(bytes.start), self.end(bytes.end));
        (start < end).then_some(start..end)
    }

    fn places(&self, places: &[Range<usize>]) -> Vec<Range<usize>> {
        places.iter().filter_map(|place| self.place(place)).collect()
    }

    /// The parser's words that still stand: a word that starts within a replaced range is gone.
    fn words(&self, words: &[Parsed]) -> Vec<Parsed> {
        let stands = |start: usize| {
            let count = self.0.partition_point(|(old, _)| old.end <= start);
            self.0.get(count).is_none_or(|(old, new)| start < old.start || start == old.start && !new.is_empty())
        };
        let kept = words.iter().filter(|word| stands(word.start));
        kept.map(|word| Parsed { start: self.start(word.start), ..*word }).collect()
    }
}

/// A sample whose ranges `a` and `b` have changed places, `a` before `b`; `None` where a place holds part of one of them
/// and something else too.
pub fn exchange(sample: &Sample, a: &Range<usize>, b: &Range<usize>) -> Option<Sample> {
    let text = &sample.text;
    let within = |place: &Range<usize>, whole: &Range<usize>| whole.start <= place.start && place.end <= whole.end;
    let apart = |place: &Range<usize>| {
        place.end <= a.start
            || b.end <= place.start
            || within(&(a.start..b.end), place)
            || within(place, &(a.end..b.start))
    };
    let moved = |at: usize, place: &Range<usize>| match () {
        () if within(place, a) => at + b.end - a.end,
        () if within(place, b) => at - (b.start - a.start),
        () if within(place, &(a.end..b.start)) => at + b.len() - a.len(),
        () => at,
    };
    let place = |place: &Range<usize>| {
        let fits = within(place, a) || within(place, b) || apart(place);
        fits.then(|| moved(place.start, place)..moved(place.end, place))
    };
    let places = |all: &[Range<usize>]| all.iter().map(place).collect::<Option<Vec<_>>>();
    let names = |names: &[Entity]| {
        let mut all: Vec<Entity> = names
            .iter()
            .map(|name| Some(Entity { bytes: place(&name.bytes)?, label: name.label }))
            .collect::<Option<_>>()?;
        all.sort_by_key(|name| name.bytes.start);
        Some(all)
    };
    let attribution = |one: &Attribution| {
        Some(Attribution { source: places(&one.source)?, cue: places(&one.cue)?, content: places(&one.content)? })
    };
    let claim = |claim: &TaughtClaim| {
        Some(TaughtClaim { anchor: place(&claim.anchor)?, parts: attribution(&claim.parts)?, ..*claim })
    };
    let taught = |taught: &Taught| {
        Some(Taught {
            publisher: taught.publisher.clone(),
            anchors: taught.anchors.iter().map(|(at, percent)| Some((place(at)?, *percent))).collect::<Option<_>>()?,
            claims: taught.claims.iter().map(claim).collect::<Option<_>>()?,
        })
    };
    let parsed = |words: &Vec<Parsed>| {
        let mut all: Vec<Parsed> = words
            .iter()
            .map(|word| Parsed { start: moved(word.start, &(word.start..word.start + 1)), ..*word })
            .collect();
        all.sort_by_key(|word| word.start);
        all
    };
    let parts = [&text[..a.start], &text[b.clone()], &text[a.end..b.start], &text[a.clone()], &text[b.end..]];
    Some(Sample {
        name: sample.name.clone(),
        corpus: sample.corpus,
        entities: sample.entities.as_deref().map(names).map_or(Some(None), |names| names.map(Some))?,
        doubts: places(&sample.doubts)?,
        attributions: match &sample.attributions {
            Some(all) => Some(all.iter().map(attribution).collect::<Option<_>>()?),
            None => None,
        },
        taught: match &sample.taught {
            Some(all) => Some(taught(all)?),
            None => None,
        },
        guesses: names(&sample.guesses)?,
        syntax: sample.syntax.as_ref().map(parsed),
        text: parts.concat(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{Corpus, Label};
    use proptest::prelude::*;

    fn sample(text: &str, places: &[Range<usize>]) -> Sample {
        let attributions =
            places.iter().map(|place| Attribution { cue: vec![place.clone()], ..Attribution::default() });
        let starts = (0..text.len()).filter(|&at| text.is_char_boundary(at));
        let parsed = starts.map(|start| Parsed { start, part_of_speech: 0, relation: 0 });
        Sample {
            entities: Some(Vec::new()),
            attributions: Some(attributions.collect()),
            syntax: Some(parsed.collect()),
            ..Sample::plain(Corpus::Conll, text)
        }
    }

    fn cues(sample: &Sample) -> Vec<&str> {
        sample.attributions.iter().flatten().flat_map(|one| &one.cue).map(|place| &sample.text[place.clone()]).collect()
    }

    /// A text, its changes, the text after them, a place of it, what that place selects then.
    type Row =
        (&'static str, &'static [(Range<usize>, &'static str)], &'static str, Range<usize>, &'static [&'static str]);

    const TABLE: [Row; 9] = [
        ("Anna Berg said", &[(0..4, "Bo"), (5..9, "Lindqvist")], "Bo Lindqvist said", 0..9, &["Bo Lindqvist"]),
        ("Anna Berg said", &[(0..4, "Bo")], "Bo Berg said", 10..14, &["said"]),
        ("Anna Berg said", &[(10..10, "has ")], "Anna Berg has said", 10..14, &["said"]),
        ("Anna Berg said", &[(14..14, ".")], "Anna Berg said.", 10..14, &["said"]),
        ("Anna Berg said", &[(9..9, ",")], "Anna Berg, said", 0..9, &["Anna Berg"]),
        ("Anna Berg said", &[(0..9, "She")], "She said", 5..9, &["She"]),
        ("Anna Berg said", &[(4..10, "")], "Annasaid", 5..9, &[]),
        ("Anna Berg said", &[(10..14, "x"), (12..13, "y")], "Anna Berg x", 10..14, &["x"]),
        ("“No”", &[(0..3, "\""), (5..8, "\"")], "\"No\"", 0..8, &["\"No\""]),
    ];

    #[test]
    fn places_move_with_the_text() {
        for (before, changes, after, place, selected) in TABLE {
            let mut edits = Edits::default();
            for (bytes, text) in changes {
                edits.replace(bytes.clone(), *text);
            }
            let moved = edits.apply(&sample(before, &[place]));
            assert_eq!(moved.text, after);
            assert_eq!(cues(&moved), selected, "{before:?} {changes:?}");
        }
    }

    #[test]
    fn names_do_not_grow_into_one_another() {
        let mut two = sample("ab cd", &[]);
        two.entities =
            Some(vec![Entity { bytes: 0..2, label: Label::Person }, Entity { bytes: 3..5, label: Label::Place }]);
        let mut edits = Edits::default();
        edits.replace(1..4, "x");
        let entities = edits.apply(&two).entities.expect("names");
        assert_eq!(entities, [Entity { bytes: 0..2, label: Label::Person }]);
    }

    #[test]
    fn two_places_change_places() {
        let text = "“No,” Anna Berg said on Monday.";
        let at = |part: &str| {
            let start = text.find(part).expect("it stands there");
            start..start + part.len()
        };
        let parts = ["Anna Berg", "Berg", "said", "No", "on Monday", "Anna Berg said"];
        let before = sample(text, &parts.map(at));
        let after = exchange(&before, &at("Anna Berg"), &at("said")).expect("no place is cut");
        assert_eq!(after.text, "“No,” said Anna Berg on Monday.");
        assert_eq!(cues(&after), ["Anna Berg", "Berg", "said", "No", "on Monday", "said Anna Berg"]);
        assert!(exchange(&sample(text, &[at("Berg said")]), &at("Anna Berg"), &at("said")).is_none());
        let syntax = after.syntax.expect("a parse");
        assert!(
            syntax.is_sorted_by_key(|word| word.start)
                && syntax.iter().all(|word| after.text.is_char_boundary(word.start))
        );
    }

    proptest! {
        #[test]
        fn a_place_that_no_change_touches_selects_the_same(
            text in "[a-z “é]{1,40}",
            changes in prop::collection::vec((0_usize..40, 0_usize..4, "[A-Z’]{0,5}"), 0..6),
            place in (0_usize..40, 1_usize..8),
        ) {
            let bound = |at: usize| (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
            let place = bound(place.0)..bound(place.0 + place.1);
            prop_assume!(!place.is_empty());
            let mut edits = Edits::default();
            for (start, length, new) in changes {
                let bytes = bound(start)..bound(start + length);
                if bytes.end <= place.start || place.end <= bytes.start {
                    edits.replace(bytes, new);
                }
            }
            let before = sample(&text, std::slice::from_ref(&place));
            let after = edits.apply(&before);
            prop_assert_eq!(cues(&after), [&text[place]]);
            for word in after.syntax.iter().flatten() {
                prop_assert!(after.text.is_char_boundary(word.start) && word.start < after.text.len());
            }
        }
    }
}
