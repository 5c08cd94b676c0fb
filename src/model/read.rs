//! What the network says -> [`Reading`]: the likeliest tags, and claims that share no words.

use super::draft::Found;
use super::encoded::{Chunk, Encoded, NAMES};
use super::feature::Features;
use super::network::{Network, chunks};
use super::reading::{Reading, Tag};
use super::rival::{Terms, settle_rivals};
use super::steps::{Steps, Tagged};
use crate::lexis::{Lexicon, Words};
use crate::scheme::Label;
use crate::span::Run;
use crate::text::Article;

/// Is told how much of an article the network has read, from 0 to 1, after each chunk of some thousand tokens.
pub(crate) type Told<'t> = &'t mut dyn FnMut(f32);

/// Reads an article with the network.
pub(super) fn read(network: &Network, lexicon: &Lexicon, words: &Words<'_, '_>, told: Told<'_>) -> Reading {
    reading(look(network, lexicon, words, told))
}

fn reading((tags, certainty, found): (Vec<Tag>, Vec<f32>, Vec<Found>)) -> Reading {
    Reading { tags, certainty, candidates: found.into_iter().map(|found| found.candidate).collect() }
}

/// Reads an article with the network, of which a transformer has read these windows: so many tokens, and what it says of
/// them.
pub(super) fn read_windows<'s>(
    network: &Network,
    lexicon: &Lexicon,
    words: &Words<'_, '_>,
    said: impl Iterator<Item = (Run, &'s [f32])>,
) -> Reading {
    let mut features = network.features(lexicon, words);
    for (window, said) in said {
        features.put(window, said);
    }
    reading(settled(network, words.article, &features, &mut |_| ()))
}

/// Reads an article with the network: tags of names, how sure each is, and claims with their signals.
pub(super) fn look(
    network: &Network,
    lexicon: &Lexicon,
    words: &Words<'_, '_>,
    told: Told<'_>,
) -> (Vec<Tag>, Vec<f32>, Vec<Found>) {
    let mut deeper = 0.0;
    let features = network.looked(lexicon, words, &mut |read| {
        deeper = read;
        told(read);
    });
    // Next to the windows of a transformer the rest takes no time.
    settled(network, words.article, &features, &mut |read| told(read.max(deeper)))
}

fn settled(
    network: &Network,
    article: &Article<'_>,
    features: &Features,
    told: Told<'_>,
) -> (Vec<Tag>, Vec<f32>, Vec<Found>) {
    let is_read = readable(article);
    let (tags, certainty, windows) = passed(network, features, &is_read, told);
    (tags, certainty, settle_rivals(&Terms::of(network), article, &is_read, windows))
}

/// How likely each tag of names is at each token, as the network reads an article.
pub(super) fn name_probabilities(network: &Network, lexicon: &Lexicon, words: &Words<'_, '_>) -> Vec<[f32; 9]> {
    let features = network.looked(lexicon, words, &mut |_| ());
    let steps = Steps::new(&network.transitions);
    let mut all = Vec::with_capacity(features.paragraph.len());
    for Chunk { core, context } in chunks(&features) {
        let encoded = network.encode(&features, context);
        for paragraph in paragraphs(&features, &encoded, Chunk { core, context }) {
            all.extend(steps.decode_alone(paragraph).map(|(_, likely)| std::array::from_fn(|tag| likely[tag])));
        }
    }
    all
}

/// What the network says of the names in each paragraph of a chunk: names end with their paragraph.
fn paragraphs<'e>(
    features: &'e Features,
    encoded: &'e Encoded,
    Chunk { core, context }: Chunk,
) -> impl Iterator<Item = &'e [[f32; NAMES]]> {
    let mut rest = &encoded.names[core.start - context.start..];
    features.paragraph[core.range()].chunk_by(|before, after| before == after).map(move |paragraph| {
        let (own, other) = rest.split_at(paragraph.len());
        rest = other;
        own
    })
}

/// What the network says: tags of names, how sure each is, and what stands around each cue in words that are read.
pub(super) fn passed(
    network: &Network,
    features: &Features,
    is_read: &[bool],
    told: Told<'_>,
) -> (Vec<Tag>, Vec<f32>, Vec<Tagged>) {
    let steps = Steps::new(&network.transitions);
    let span_steps = Steps::new(&network.span.transitions);
    let (mut tags, mut certainty, mut windows) = (Vec::new(), Vec::new(), Vec::new());
    for Chunk { core, context } in chunks(features) {
        let encoded = network.encode(features, context);
        for paragraph in paragraphs(features, &encoded, Chunk { core, context }) {
            names(&steps, paragraph, &mut tags, &mut certainty);
        }
        let (counted, anchors) = encoded.cues(Chunk { core, context }, is_read, &[]);
        let around = network.span.read(features, &encoded, context, &counted, &anchors);
        windows.extend(around.into_iter().map(|window| {
            let logit = encoded.anchors[window.anchor - context.start];
            let tagged = span_steps.tag(&window, logit, is_read.len());
            Tagged { emissions: if network.inner.is_some() { window.emissions } else { Vec::new() }, ..tagged }
        }));
        told(core.end as f32 / is_read.len() as f32);
    }
    (tags, certainty, windows)
}

/// Of each token, whether it may be part of a claim.
pub(super) fn readable(article: &Article<'_>) -> Vec<bool> {
    let mut is_read = vec![false; article.tokens.len()];
    for paragraph in article.paragraphs.iter().filter(|paragraph| paragraph.zone.is_read()) {
        is_read[paragraph.body_from..paragraph.tokens.end].fill(true);
    }
    is_read
}

/// The tags of one paragraph's names.
fn names(steps: &Steps<NAMES>, emissions: &[[f32; NAMES]], tags: &mut Vec<Tag>, certainty: &mut Vec<f32>) {
    for (tag, probability) in steps.decode_alone(emissions) {
        let tag = usize::from(tag);
        let label = [Label::Person, Label::Institution, Label::Place].get((tag.max(1) - 1) / 2).copied();
        let (tag, sure) = match (tag, label) {
            // Names of other things are none here.
            (0, _) | (_, None) => (Tag::Outside, probability[0] + probability[7] + probability[8]),
            (_, Some(label)) if tag % 2 == 1 => (Tag::Begin(label), probability[tag]),
            (_, Some(label)) => (Tag::Inside(label), probability[tag]),
        };
        tags.push(tag);
        certainty.push(sure.min(1.0));
    }
}

#[cfg(test)]
mod tests {
    use super::super::Model;
    use super::super::encoded::NEVER;
    use super::super::sample::{ARTICLE, Part, Parts, Random, SMALL, deep_parts, packed, parts};
    use super::*;
    use crate::lang::ENGLISH;
    use proptest::prelude::*;
    use std::sync::LazyLock;

    /// A small random network that finds claims in many places.
    static MODEL: LazyLock<Model> = LazyLock::new(|| {
        let mut parts = parts(7, SMALL);
        parts.insert("anchor.bias".to_owned(), Part::Floats(vec![0.0]));
        model(&parts)
    });

    fn model(parts: &Parts) -> Model {
        Model::from_bytes(&packed(parts)).expect("a whole model")
    }

    fn reading(model: &Model, text: &str) -> Reading {
        model.read(&Words::new(&Article::new(text, &ENGLISH)), &mut |_| ())
    }

    /// Texts of the words and marks that the network and the decoder look at.
    fn text() -> impl Strategy<Value = String> {
        let piece = prop::sample::select(vec![
            "“",
            "”",
            "‘",
            "’",
            ",",
            ".",
            "?",
            ":",
            "\n",
            "\n\n",
            "said",
            "says",
            "according to",
            "that",
            "Anna",
            "Berg",
            "the",
            "minister",
            "Port Arden",
            "NATO",
            "she",
            "on Monday",
            "📈",
            "Home > News\n",
            "© 2024",
            "\nRead more: ",
            "\nBy Anna Berg\n",
            "PORT ARDEN (AP) —",
            "rents",
            "rise",
            "and",
            "3.5",
        ]);
        let pieces = prop::collection::vec(piece, 0..200).prop_map(|pieces| pieces.join(" "));
        prop_oneof![4 => pieces, 1 => "\\PC{0,80}"]
    }

    #[test]
    fn the_laws_are_tried_on_readings_that_hold_something() {
        let found = reading(&MODEL, ARTICLE);
        assert!(found.candidates.len() > 3, "{}", found.candidates.len());
        assert!(found.candidates.iter().any(|found| found.source.is_some() && found.content.len() > 1));
        assert!(found.tags.iter().any(|tag| matches!(tag, Tag::Inside(_))));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn the_laws_of_a_reading(text in text()) {
            let article = Article::new(&text, &ENGLISH);
            let count = article.tokens.len();
            let found = reading(&MODEL, &text);
            prop_assert_eq!((found.tags.len(), found.certainty.len()), (count, count));
            let names = MODEL.name_probabilities(&Words::new(&article));
            prop_assert_eq!(names.len(), count);
            for (tag, (probabilities, certainty)) in found.tags.iter().zip(names.iter().zip(&found.certainty)) {
                let sum: f32 = probabilities.iter().sum();
                prop_assert!((sum - 1.0).abs() < 1e-3, "{sum} in all");
                let own = match *tag {
                    Tag::Outside => probabilities[0] + probabilities[7] + probabilities[8],
                    Tag::Begin(label) => probabilities[1 + 2 * label as usize],
                    Tag::Inside(label) => probabilities[2 + 2 * label as usize],
                };
                prop_assert!((own.min(1.0) - certainty).abs() < 1e-6, "{own} and {certainty} of {tag:?}");
            }
            prop_assert!(found.certainty.iter().all(|sure| (0.0..=1.0).contains(sure)));
            for (index, tag) in found.tags.iter().enumerate().filter(|(_, tag)| matches!(tag, Tag::Inside(_))) {
                let Tag::Inside(label) = *tag else { continue };
                let before = index.checked_sub(1).map(|before| found.tags[before]);
                prop_assert!(before == Some(Tag::Begin(label)) || before == Some(*tag), "{index} of {text:?}");
                prop_assert_eq!(article.paragraph_of(index), article.paragraph_of(index - 1));
            }
            prop_assert!(found.candidates.is_sorted_by_key(|candidate| candidate.anchor));
            let is_read = readable(&article);
            let mut is_said = vec![false; count];
            for candidate in &found.candidates {
                prop_assert!((0.0..=1.0).contains(&candidate.confidence) && !candidate.content.is_empty());
                let is_mark = matches!(article.word(candidate.anchor), "," | ":" | ";");
                prop_assert!(is_mark || candidate.cue.is_some_and(|cue| cue.contains(candidate.anchor)));
                prop_assert!(candidate.content.windows(2).all(|pair| pair[0].end < pair[1].start));
                let others: Vec<Run> = candidate.source.into_iter().chain(candidate.cue).collect();
                prop_assert!(others.len() < 2 || !others[0].overlaps(others[1]));
                for &part in candidate.content.iter().chain(&others) {
                    prop_assert!(!part.is_empty() && part.end <= count && part.range().all(|token| is_read[token]));
                }
                for &part in &candidate.content {
                    prop_assert!(others.iter().all(|other| !other.overlaps(part)), "{candidate:?}");
                    for token in part.range() {
                        prop_assert!(!std::mem::replace(&mut is_said[token], true), "{token} is said twice");
                    }
                }
            }
        }

    }

    #[test]
    fn windows_by_themselves_give_what_the_whole_article_gives() {
        let mut parts = deep_parts(7, SMALL);
        parts.insert("anchor.bias".to_owned(), Part::Floats(vec![0.0]));
        let deep = model(&parts);
        let text = ARTICLE.repeat(2);
        let article = Article::new(&text, &ENGLISH);
        let words = Words::new(&article);
        let said = |window: &Run| (*window, deep.look(window.range().map(|token| article.word(token)), &mut |_| ()));
        let windows: Vec<(Run, Vec<f32>)> = deep.windows(&article).iter().map(said).collect();
        assert!(windows.len() > 2, "{windows:?}");
        let read = |count: usize| {
            let known = windows[..count].iter().map(|(window, said)| (*window, &said[..]));
            deep.read_windows(&words, known, || MODEL.read(&words, &mut |_| ()))
        };
        let is_same = |one: &Reading, other: &Reading| {
            one.tags == other.tags && one.certainty == other.certainty && one.candidates == other.candidates
        };
        let [own, rest] = [&deep, &*MODEL].map(|model| model.read(&words, &mut |_| ()));
        assert!(is_same(&read(windows.len()), &own) && is_same(&read(0), &rest) && !is_same(&own, &rest));
        // Of one window, what neither looks across its end nor goes on there is the larger encoder's, and the rest is the other's.
        let (half, end) = (read(1), windows[0].0.end);
        assert_eq!(half.tags[..end / 2], own.tags[..end / 2]);
        assert_eq!(half.certainty[end..], rest.certainty[end..]);
        let inside = |reading: &Reading| reading.candidates.iter().filter(|found| found.anchor < end / 4).count();
        assert!(inside(&own) > 0 && inside(&half) == inside(&own));
    }

    #[test]
    fn a_name_is_as_sure_as_the_sequences_that_hold_it() {
        const COUNT: usize = 3;
        let label = |tag: usize| [Label::Person, Label::Institution, Label::Place].get((tag.max(1) - 1) / 2).copied();
        let meant = |tag: usize| match label(tag) {
            Some(label) if tag % 2 == 1 => Tag::Begin(label),
            Some(label) if tag > 0 => Tag::Inside(label),
            _ => Tag::Outside,
        };
        for seed in 0..20 {
            let mut random = Random(seed);
            let [transitions, emissions] =
                [9, COUNT].map(|rows| (0..rows).map(|_| random.numbers(9, 2.0)).collect::<Vec<Vec<f32>>>());
            let padded: Vec<[f32; NAMES]> =
                emissions.iter().map(|row| std::array::from_fn(|tag| row.get(tag).copied().unwrap_or(NEVER))).collect();
            let (mut tags, mut certainty) = (Vec::new(), Vec::new());
            names(&Steps::new(&transitions), &padded, &mut tags, &mut certainty);
            // Every sequence by itself; none goes on with a name from before.
            let step = |from: usize, to: usize| to == 0 || to % 2 == 1 || from == to || from + 1 == to;
            let all = (0..9_usize.pow(COUNT as u32)).map(|number| [1, 9, 81].map(|power| number / power % 9));
            let legal = all.filter(|tags| step(0, tags[0]) && tags.windows(2).all(|pair| step(pair[0], pair[1])));
            let worths = legal.map(|tags| {
                let own: f32 = tags.iter().zip(&emissions).map(|(&tag, row)| row[tag]).sum();
                let steps: f32 = tags.windows(2).map(|pair| transitions[pair[0]][pair[1]]).sum();
                (tags, f64::from(own + steps).exp())
            });
            let worths: Vec<([usize; COUNT], f64)> = worths.collect();
            let (best, _) = worths.iter().fold(worths[0], |best, other| if other.1 > best.1 { *other } else { best });
            assert_eq!(tags, best.map(meant), "seed {seed}");
            let total: f64 = worths.iter().map(|(_, worth)| worth).sum();
            for (place, &sure) in certainty.iter().enumerate() {
                let with = worths.iter().filter(|(other, _)| meant(other[place]) == tags[place]);
                let exact = with.map(|(_, worth)| worth).sum::<f64>() / total;
                assert!((f64::from(sure) - exact).abs() < 1e-4, "seed {seed}: {sure} {exact}");
            }
        }
    }
}
