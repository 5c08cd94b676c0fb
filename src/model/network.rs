//! The network: features of tokens -> a vector a token, and what the heads say of it.
//!
//! What goes in is looked up in tables, put side by side and mixed; three gated convolutions and an LSTM both ways look
//! around; a norm ends it. Heads give for each token how it stands in names and whether a cue stands there, and for each
//! cue, in the window around it, which words are its source, its cue and its content.

use super::delta::{Delta, logit};
use super::encoded::{Chunk, Encoded, NEVER};
use super::feature::{EVIDENCE, Features, LAYOUTS, features};
use super::file::{File, INNER, ModelError, Rows};
use super::form::CLASSES;
use super::kernel::{Inputs, LARGEST, Matrix, Native, product, quantise};
use super::layer::{Convolution, Lstm, Norm, Room, linear, padded, width};
use super::span_head::SpanHead;
use super::transformer::{Transformer, windows};
use super::vocabulary::{FIELDS, Vocabulary};
use crate::lexis::{Lexicon, Words};
use crate::span::Run;
use crate::text::Article;

/// Tags of names: none, then begin and inside of person, institution, place and of what is none of these.
const NAME_TAGS: usize = 9;

/// The most tokens that are read at once for their own sake.
const CORE: usize = 1024;

/// How many tokens around them are read for their sake: more than a window reaches to one side.
const CONTEXT: usize = 96;

/// Dilations of the convolutions.
const DILATIONS: [usize; 3] = [1, 2, 4];

/// How many signals a claim has: see [`Found`](super::Found).
pub const SIGNALS: usize = 6;

/// A trained network.
#[derive(Debug, Clone)]
pub(super) struct Network {
    pub vocabulary: Vocabulary,
    /// Rows for the ids of each of [`FIELDS`], for the layout and for the class.
    tables: [Rows; 6],
    /// A row for each bit, in `step`s: [EVIDENCE, width].
    evidence: Vec<Vec<f32>>,
    /// Scale of the quantised inputs to `mix`.
    step: f32,
    mix: Matrix,
    /// What adds to the mix what it sees of a token in its window; none in the small network.
    transformer: Option<Transformer>,
    convolutions: [Convolution; 3],
    lstm: Lstm,
    norm: Norm,
    tag: Matrix,
    /// Of tags of names, from and to.
    pub transitions: Vec<Vec<f32>>,
    anchor: Matrix,
    /// What was learnt of cues, added to their logits: see [`Delta`].
    cue: Vec<f32>,
    pub span: SpanHead,
    /// What makes a confidence of a claim's signals: the constant first. Empty where it was not fitted.
    pub confidence: Vec<f32>,
    /// How sure a claim inside another has to be, 0 to 1; none where such claims are not looked for.
    pub inner: Option<f32>,
}

impl Network {
    /// Reads the network's sections of a model file.
    pub(super) fn new(file: &mut File) -> Result<Self, ModelError> {
        let d = width("mix.weight", file.shape("mix.weight")?[0])?;
        // First, since it moves what stands in the file.
        let transformer = Transformer::new(file, Some(d))?;
        let file = &*file;
        let strings = |name: &str| file.bytes(&format!("vocabulary.{name}")).map(<[u8]>::to_vec);
        let [word, suffix, prefix, shape] = FIELDS.map(|field| strings(field.name));
        let vocabulary = Vocabulary::from_bytes([word?, suffix?, prefix?, shape?])?;
        let table = |name: &str, rows: usize| {
            let name = format!("table.{name}");
            file.rows(&name, Some(rows), file.shape(&name)?[1])
        };
        let field = |field: usize| table(FIELDS[field].name, vocabulary.size(field));
        let tables = [field(0)?, field(1)?, field(2)?, field(3)?, table("layout", LAYOUTS)?, table("class", CLASSES)?];
        let bits = table("evidence", EVIDENCE)?;
        let mut evidence: Vec<Vec<f32>> = (0..EVIDENCE).map(|bit| bits.values(bit).collect()).collect();
        let step = largest(&tables, &evidence) / LARGEST;
        evidence.iter_mut().flatten().for_each(|value| *value /= step);
        let columns = tables.iter().chain([&bits]).map(|table| table.columns).sum();
        width("mix.weight", columns)?;
        let mix = linear(file, "mix", [d, columns], step)?;
        let convolution = |index: usize| Convolution::new(file, &format!("conv{index}"), d, DILATIONS[index]);
        let norm = Norm::new(file, "norm", d)?;
        Ok(Self {
            transformer,
            convolutions: [convolution(0)?, convolution(1)?, convolution(2)?],
            lstm: Lstm::new(file, d)?,
            tag: linear(file, "tag", [NAME_TAGS, d], norm.step)?,
            transitions: file.square("tag.transitions", NAME_TAGS)?,
            anchor: linear(file, "anchor", [1, d], norm.step)?,
            cue: Vec::new(),
            span: SpanHead::new(file, d, norm.step)?,
            confidence: if file.has("confidence") { file.floats("confidence", SIGNALS + 1)? } else { Vec::new() },
            inner: if file.has(INNER) { file.floats(INNER, 1)?.pop() } else { None },
            vocabulary,
            tables,
            evidence,
            step,
            mix,
            norm,
        })
    }

    /// The features of an article's tokens, without what a transformer says of them: [`look`](Self::look).
    pub(super) fn features(&self, lexicon: &Lexicon, words: &Words<'_, '_>) -> Features {
        let mut features = features(&self.vocabulary, lexicon, words);
        let deep = if self.transformer.is_some() { features.layout.len() * self.mix.outputs } else { 0 };
        features.deep.resize(deep, 0.0);
        features
    }

    /// The windows in which the transformer reads an article; none where the network has no transformer.
    pub(super) fn windows(&self, article: &Article<'_>) -> Vec<Run> {
        if self.transformer.is_some() { windows(article) } else { Vec::new() }
    }

    /// What the transformer says of the tokens of a window, as [`Features::deep`] has it; `told` is told after each layer how
    /// much of the window is read.
    pub(super) fn look<'w>(&self, words: impl Iterator<Item = &'w str>, told: &mut dyn FnMut(f32)) -> Vec<f32> {
        self.transformer.as_ref().map(|transformer| transformer.mixed(words, told)).unwrap_or_default()
    }

    /// The features with what the transformer says of all windows; `told` is told after each layer how much is read.
    pub(super) fn looked(&self, lexicon: &Lexicon, words: &Words<'_, '_>, told: &mut dyn FnMut(f32)) -> Features {
        let mut features = self.features(lexicon, words);
        self.look_at(&mut features, words.article, self.windows(words.article), told);
        features
    }

    /// Adds what the transformer says of some windows.
    pub(super) fn look_at(
        &self,
        features: &mut Features,
        article: &Article<'_>,
        windows: Vec<Run>,
        told: &mut dyn FnMut(f32),
    ) {
        for window in windows {
            let count = article.tokens.len() as f32;
            let mut tell = |share: f32| told((window.start as f32 + share * window.len() as f32) / count);
            features.put(window, &self.look(window.range().map(|token| article.word(token)), &mut tell));
        }
    }

    /// Encodes a run of tokens.
    pub(super) fn encode(&self, features: &Features, run: Run) -> Encoded {
        let d = self.mix.outputs;
        let rows = padded(run.len());
        let mut room = Room::default();
        let mut x = vec![0.0; rows * d];
        product::<Native>(
            &self.mix,
            Inputs { values: &self.embed(features, run), width: self.mix.inputs, step: 0 },
            &mut x,
        );
        if self.transformer.is_some() {
            let deep = &features.deep[run.start * d..run.end * d];
            x.iter_mut().zip(deep).for_each(|(x, deep)| *x += deep);
        }
        for convolution in &self.convolutions {
            convolution.apply(&mut x, run.len(), &mut room);
        }
        self.lstm.apply(&mut x, run.len(), &mut room);
        let mut vectors = vec![0; rows * d];
        self.norm.apply(&x, &mut vectors);
        let head = |matrix: &Matrix| {
            let mut out = vec![0.0; rows * matrix.outputs];
            product::<Native>(matrix, Inputs { values: &vectors, width: d, step: 0 }, &mut out);
            out
        };
        let names = head(&self.tag);
        let names = names
            .chunks_exact(self.tag.outputs)
            .map(|row| std::array::from_fn(|tag| if tag < NAME_TAGS { row[tag] } else { NEVER }));
        let anchors = head(&self.anchor);
        let anchors = anchors.chunks_exact(self.anchor.outputs).map(|row| row[0]);
        let learnt = vectors.chunks_exact(d).map(|vector| logit(&self.cue, self.unscaled(vector)));
        let anchors = anchors.zip(learnt).map(|(shipped, learnt)| shipped + learnt);
        Encoded { names: names.take(run.len()).collect(), anchors: anchors.take(run.len()).collect(), vectors }
    }

    /// How many numbers the vector of a token has.
    pub(super) const fn width(&self) -> usize {
        self.mix.outputs
    }

    /// The network with what was learnt added to its heads.
    pub(super) fn taught(mut self, delta: &Delta) -> Self {
        self.cue.clone_from(&delta.cue);
        self
    }

    /// The vector of a token of what was encoded.
    pub(super) fn vector(&self, encoded: &Encoded, token: usize) -> Vec<f32> {
        let d = self.mix.outputs;
        self.unscaled(&encoded.vectors[token * d..][..d]).collect()
    }

    fn unscaled(&self, vector: &[i16]) -> impl Iterator<Item = f32> {
        vector.iter().map(|&number| f32::from(number) * self.norm.step)
    }

    /// What goes in of each token, side by side and quantised: [rows, inputs of the mix].
    fn embed(&self, features: &Features, run: Run) -> Vec<i16> {
        let columns = self.mix.inputs;
        let mut out = vec![0; padded(run.len()) * columns];
        let mut all = vec![0.0; columns];
        for (token, out) in run.range().zip(out.chunks_exact_mut(columns)) {
            let [word, suffix, prefix, shape] = [0, 1, 2, 3].map(|field| features.ids[field][token] as usize);
            let ids = [word, suffix, prefix, shape, features.layout[token].into(), features.class[token].into()];
            let mut rest = &mut all[..];
            for (table, id) in self.tables.iter().zip(ids) {
                let (whole, scale) = table.row(id);
                let (own, other) = rest.split_at_mut(table.columns);
                let factor = scale / self.step;
                for (value, &whole) in own.iter_mut().zip(whole) {
                    *value = f32::from(whole.cast_signed()) * factor;
                }
                rest = other;
            }
            rest.fill(0.0);
            let mut bits = features.evidence[token];
            while bits != 0 {
                for (sum, value) in rest.iter_mut().zip(&self.evidence[bits.trailing_zeros() as usize]) {
                    *sum += value;
                }
                bits &= bits - 1;
            }
            quantise::<Native>(&all, out);
        }
        out
    }

    /// Multiply-adds that the encoder and the heads of all tokens take for a token.
    pub(super) fn work(&self) -> usize {
        let convolutions: usize = self.convolutions.iter().map(Convolution::work).sum();
        self.mix.work() + convolutions + self.lstm.work() + self.tag.work() + self.anchor.work()
    }
}

/// The largest number that can go in.
fn largest(tables: &[Rows], evidence: &[Vec<f32>]) -> f32 {
    let scale = |most: f32, scale: &f32| most.max(127.0 * scale.abs());
    let tables = tables.iter().flat_map(|table| &table.scales).fold(f32::MIN_POSITIVE, scale);
    let column = |column: usize| {
        let values = evidence.iter().map(|row| row[column]);
        let sums = values.fold([0.0_f32; 2], |[low, high], value| [low + value.min(0.0), high + value.max(0.0)]);
        sums[1].max(-sums[0])
    };
    (0..evidence[0].len()).map(column).fold(tables, f32::max)
}

/// The parts in which an article is read: cut at a paragraph's start where there is one within reach, else at a sentence's.
pub(super) fn chunks(features: &Features) -> Vec<Chunk> {
    let count = features.layout.len();
    let mut chunks = Vec::new();
    let mut start = 0;
    while start < count {
        let mut end = start + CORE;
        if end + CONTEXT < count {
            let starts = |counter: &[u32]| {
                (start + CORE / 2..=start + CORE).rev().find(|&token| counter[token] != counter[token - 1])
            };
            end = starts(&features.paragraph).or_else(|| starts(&features.sentence)).unwrap_or(end);
        } else {
            end = count;
        }
        let context = Run::new(start.saturating_sub(CONTEXT), count.min(end + CONTEXT));
        chunks.push(Chunk { core: Run::new(start, end), context });
        start = end;
    }
    chunks
}

#[cfg(test)]
mod tests {
    use super::super::Model;
    use super::super::feature::layout;
    use super::super::reference::Reference;
    use super::super::sample::{ARTICLE, Part, Parts, SMALL, WHOLE, deep_parts, packed, parts};
    use super::*;
    use crate::lang::ENGLISH;
    use crate::lexis::{Lexicon, Words};
    use crate::text::Article;

    /// A random network, its file and the features of a text.
    fn sample(parts: &Parts, text: &str) -> (Network, Reference, Features) {
        let file = File::new(&packed(parts)).expect("a whole file");
        let network = Network::new(&mut file.clone()).expect("a whole network");
        let lexicon = Lexicon::from_bytes(file.bytes("lexicon").expect("lists").to_vec()).expect("lists");
        let article = Article::new(text, &ENGLISH);
        let features = network.looked(&lexicon, &Words::new(&article), &mut |_| ());
        (network, Reference(file), features)
    }

    /// The largest difference of two numbers at the same place.
    fn difference<'a>(fast: impl Iterator<Item = &'a f32>, exact: impl Iterator<Item = &'a f64>) -> f64 {
        let (fast, exact): (Vec<_>, Vec<_>) = (fast.collect(), exact.collect());
        assert_eq!(fast.len(), exact.len());
        fast.iter().zip(exact).map(|(fast, exact)| (f64::from(**fast) - exact).abs()).fold(0.0, f64::max)
    }

    #[test]
    fn the_network_computes_what_it_is_meant_to() {
        let start = ARTICLE.char_indices().nth(700).map_or(0, |(at, _)| at);
        for (parts, text) in [
            (parts(1, WHOLE), &ARTICLE[..start]),
            (parts(2, SMALL), ARTICLE),
            (parts(3, SMALL), "Yes."),
            (parts(4, SMALL), "a b c d e"),
            (deep_parts(5, SMALL), ARTICLE),
        ] {
            let (network, reference, features) = sample(&parts, text);
            assert_eq!(reference.0.version(), if network.transformer.is_some() { 3 } else { 2 });
            let count = features.layout.len();
            let run = Run::new(0, count);
            let article = Article::new(text, &ENGLISH);
            let deep = network.transformer.as_ref().map(|_| {
                let words = |window: Run| window.range().map(|token| article.word(token));
                let windows = windows(&article);
                assert!(windows.len() > 1, "{windows:?}");
                let transformed = windows.into_iter().flat_map(|window| reference.transformed(words(window)));
                reference.linear("transformer.mix", &transformed.collect())
            });
            let (encoded, said) =
                (network.encode(&features, run), reference.read(&features, &deep.unwrap_or_default()));
            let names = difference(encoded.names.iter().flat_map(|names| &names[..9]), said.names.iter().flatten());
            let anchors = difference(encoded.anchors.iter(), said.anchors.iter());
            assert!(names < 2e-3 && anchors < 2e-3, "{count} tokens: {names} {anchors}");
            let counted: Vec<u32> = (0..count as u32).map(|token| token / 5).collect();
            let places: Vec<usize> = (0..count).step_by(count.div_ceil(4)).collect();
            let windows = network.span.read(&features, &encoded, run, &counted, &places);
            assert_eq!(windows.len(), places.len());
            for window in windows {
                let exact = reference.window(&features, &said, &counted, window.anchor);
                let spans = difference(window.emissions.iter().flat_map(|tags| &tags[..7]), exact.iter().flatten());
                assert!(spans < 4e-3, "{count} tokens, cue {}: {spans}", window.anchor);
            }
        }
    }

    /// A text of several chunks, with long paragraphs among short ones.
    fn long() -> String {
        let line = ARTICLE.replace('\n', " ");
        (0..8).map(|part| if part % 3 == 2 { line.repeat(4) + "\n" } else { ARTICLE.to_owned() }).collect()
    }

    #[test]
    fn chunks_hold_every_token_once_and_what_is_around() {
        let text = long();
        for text in [&text[..], &ARTICLE.replace(char::is_whitespace, "").replace('.', ","), ARTICLE, "One.", ""] {
            let (_, _, features) = sample(&parts(1, SMALL), text);
            let count = features.layout.len();
            let chunks = chunks(&features);
            assert_eq!(chunks.iter().map(|chunk| chunk.core.len()).sum::<usize>(), count);
            assert!(chunks.is_sorted_by(|a, b| a.core.end == b.core.start));
            for Chunk { core, context } in &chunks {
                assert!(!core.is_empty() && core.len() <= CORE + CONTEXT);
                assert_eq!(
                    (context.start, context.end),
                    (core.start.saturating_sub(CONTEXT), count.min(core.end + CONTEXT))
                );
                let starts_sentence = features.layout[core.start] & layout::NEW_SENTENCE != 0;
                assert!(starts_sentence || count == core.end, "{core:?}");
            }
        }
    }

    #[test]
    fn a_chunk_says_of_its_core_nearly_what_the_whole_article_says() {
        let (network, _, features) = sample(&parts(5, SMALL), &long());
        let count = features.layout.len();
        let chunks = chunks(&features);
        assert!(chunks.len() > 3, "{count} tokens");
        let whole = network.encode(&features, Run::new(0, count));
        for Chunk { core, context } in chunks {
            let part = network.encode(&features, context);
            let own = &part.anchors[core.start - context.start..core.end - context.start];
            let far = own.iter().zip(&whole.anchors[core.range()]).map(|(part, whole)| (part - whole).abs());
            // An LSTM forgets: what stands beyond the context is next to nothing.
            assert!(far.fold(0.0, f32::max) < 1e-3, "{core:?}");
        }
    }

    #[test]
    fn a_model_that_lacks_a_section_or_has_another_shape_is_refused() {
        let whole = deep_parts(1, SMALL);
        let others = ["mix.weight", "confidence", "transformer.pieces"];
        for name in whole.keys().filter(|name| !others.contains(&name.as_str())) {
            let mut other = whole.clone();
            let part = other.remove(name);
            let error = Model::from_bytes(&packed(&other)).map(drop).expect_err(name).to_string();
            assert!(error.contains(name) && error.contains("missing"), "{error}");
            let longer = match part {
                Some(Part::Rows(mut values, columns)) => {
                    values.extend(vec![0.5; columns]);
                    Part::Rows(values, columns)
                }
                Some(Part::Floats(values)) => Part::Floats([values, vec![0.5]].concat()),
                _ => Part::Bytes(vec![1, 2, 3]),
            };
            other.insert(name.clone(), longer);
            assert!(Model::from_bytes(&packed(&other)).is_err(), "{name} is longer");
        }
    }
}
