//! The larger encoder: a transformer that reads an article window by window, for networks whose model file has one.
//!
//! It is `MPNet`'s (Song and others, 2020): pieces of words with the place of each, layers of attention and of two linear maps,
//! each with a norm behind it; what one piece is to another depends on how far apart they stand, the same in all layers. What
//! it says of a token's first piece is added to what the small network's tables say of the token.
//!
//! Weights are whole numbers of 8 bits, what goes through them of 16, each row with a scale of its own, since a few numbers
//! of a row are far larger than the rest.

mod pieces;
#[cfg(test)]
mod reference;
#[cfg(test)]
pub(super) mod sample;

use super::file::{Blocks, File, ModelError, Rows};
use super::kernel::wide::{Whole, add, gelu, normalise_rows, project, shares};
use super::kernel::{BLOCK, Matrix, Native};
use super::layer::{padded, width};
use crate::span::Run;
use crate::text::Article;
use pieces::{PIECES, Pieces};

pub use pieces::{ALONE, CHARACTER};

/// Tokens after which a window ends with its paragraph, and at which it ends anyway.
const SOFT: usize = 256;
const HARD: usize = 400;

/// How many pieces a window has at most: those of its tokens, and one at each end.
pub const LONGEST: usize = 512;

/// How many layers are looked for.
const MOST_LAYERS: usize = 48;

/// How many numbers a head of attention has.
pub const HEAD: usize = 64;

/// A transformer.
#[derive(Debug, Clone)]
pub struct Transformer {
    pieces: Pieces,
    /// A row for each piece.
    table: Rows,
    /// A row for each place in a window.
    places: Rows,
    norm: Norm,
    /// Of each head, what is added where the other piece stands so far behind or ahead; the middle is the piece itself.
    near: Vec<Vec<f32>>,
    layers: Vec<Layer>,
    /// What is normed once more before it is mixed.
    last: Norm,
    mix: Matrix<Blocks>,
}

#[derive(Debug, Clone)]
struct Norm {
    weight: Vec<f32>,
    bias: Vec<f32>,
}

/// Attention, then two linear maps with a GELU between them: each is added to what goes in, and normed.
#[derive(Debug, Clone)]
struct Layer {
    /// Queries, keys, values of all heads, one after the other.
    attend: Matrix<Blocks>,
    join: Matrix<Blocks>,
    first: Norm,
    up: Matrix<Blocks>,
    down: Matrix<Blocks>,
    second: Norm,
}

/// Room for what a layer computes on its way, kept from one to the next.
#[derive(Debug, Default)]
struct Room {
    whole: Whole,
    shares: Whole,
    float: [Vec<f32>; 3],
}

impl Norm {
    /// `NAME.weight` and `NAME.bias` [width].
    fn new(file: &File, name: &str, width: usize) -> Result<Self, ModelError> {
        let floats = |part: &str| file.floats(&format!("{name}.{part}"), width);
        Ok(Self { weight: floats("weight")?, bias: floats("bias")? })
    }

    fn apply(&self, x: &mut [f32]) {
        normalise_rows::<Native>(x, &self.weight, &self.bias, self.weight.len());
    }
}

/// `NAME.weight` [outputs, inputs] and `NAME.bias` [outputs].
fn linear(file: &File, name: &str, shape: [usize; 2]) -> Result<Matrix<Blocks>, ModelError> {
    let bias = file.floats(&format!("{name}.bias"), shape[0])?;
    matrix(file, &format!("{name}.weight"), shape, bias)
}

/// A matrix of the file, with what is added to its outputs.
fn matrix(file: &File, name: &str, shape: [usize; 2], bias: Vec<f32>) -> Result<Matrix<Blocks>, ModelError> {
    let mut blocks = file.blocks(name, shape)?;
    let scales = std::mem::take(&mut blocks.scales);
    Ok(Matrix::of_laid_out(blocks, shape[1], scales, bias))
}

impl Transformer {
    /// The transformer of a file of sections, which need not hold the network that looks through it.
    ///
    /// # Errors
    /// When it is no whole file of this version, or a section of the transformer is missing or of another shape.
    pub fn from_bytes(bytes: &[u8]) -> Result<Option<Self>, ModelError> {
        Self::new(&mut File::new(bytes)?, None)
    }

    /// The transformer of a model file, whose vectors are mixed into so many numbers; none where it has none. Its matrices are
    /// laid out within the file.
    pub(super) fn new(file: &mut File, mixed: Option<usize>) -> Result<Option<Self>, ModelError> {
        if !file.has(PIECES) {
            return Ok(None);
        }
        file.lay_out();
        let file = &*file;
        let pieces = Pieces::new(file)?;
        let d = width("transformer.table", file.shape("transformer.table")?[1])?;
        let heads = d / HEAD;
        let near = file.floats("transformer.near", heads * (2 * LONGEST - 1))?;
        let count = (0..MOST_LAYERS).take_while(|layer| file.has_any(&format!("transformer.{layer}."))).count();
        let layer = |layer: usize| {
            let name = |part: &str| format!("transformer.{layer}.{part}");
            let inner = width(&name("up.weight"), file.shape(&name("up.weight"))?[0])?;
            Ok(Layer {
                attend: linear(file, &name("attend"), [3 * d, d])?,
                join: linear(file, &name("join"), [d, d])?,
                first: Norm::new(file, &name("first"), d)?,
                up: linear(file, &name("up"), [inner, d])?,
                down: linear(file, &name("down"), [d, inner])?,
                second: Norm::new(file, &name("second"), d)?,
            })
        };
        Ok(Some(Self {
            table: file.rows("transformer.table", Some(pieces.count()), d)?,
            places: file.rows("transformer.places", Some(LONGEST), d)?,
            norm: Norm::new(file, "transformer.norm", d)?,
            near: near.chunks_exact(2 * LONGEST - 1).map(<[f32]>::to_vec).collect(),
            layers: (0..count).map(layer).collect::<Result<_, ModelError>>()?,
            last: Norm::new(file, "transformer.last", d)?,
            mix: match mixed {
                Some(mixed) => matrix(file, "transformer.mix.weight", [mixed, d], vec![0.0; mixed])?,
                None => Matrix::of_laid_out(Blocks::default(), d, Vec::new(), Vec::new()),
            },
            pieces,
        }))
    }

    /// How many numbers it has for each piece.
    pub fn width(&self) -> usize {
        self.table.columns
    }

    /// How many pieces it knows.
    pub fn count(&self) -> usize {
        self.pieces.count()
    }

    /// The rows of the pieces of some tokens.
    pub fn pieces<'w>(&self, words: impl Iterator<Item = &'w str>) -> Vec<u32> {
        let (rows, _) = self.pieces.window(words, usize::MAX);
        rows
    }

    /// What the tokens of a window bring to the mix: [tokens, mixed]. Tells after each layer how much is done, from 0 to 1.
    pub(super) fn mixed<'w>(&self, words: impl Iterator<Item = &'w str>, told: &mut dyn FnMut(f32)) -> Vec<f32> {
        let d = self.width();
        let mut vectors = self.layered(words, told);
        let count = vectors.len() / d;
        vectors.resize(padded(count) * d, 0.0);
        let mut whole = Whole::default();
        whole.round::<Native>(&vectors, d);
        let mut out = vec![0.0; padded(count) * self.mix.outputs];
        project::<Native, _>(&self.mix, &whole, &mut out);
        out.truncate(count * self.mix.outputs);
        out
    }

    /// The normed vectors of the tokens of a window: [tokens, width].
    pub fn vectors<'w>(&self, words: impl Iterator<Item = &'w str>) -> Vec<f32> {
        self.layered(words, &mut |_| ())
    }

    fn layered<'w>(&self, words: impl Iterator<Item = &'w str>, told: &mut dyn FnMut(f32)) -> Vec<f32> {
        let d = self.width();
        let (ids, firsts) = self.pieces.window(words, LONGEST);
        let mut x = vec![0.0; ids.len().next_multiple_of(BLOCK) * d];
        for ((place, &id), x) in ids.iter().enumerate().zip(x.chunks_exact_mut(d)) {
            let sum = self.table.values(id as usize).zip(self.places.values(place)).map(|(piece, place)| piece + place);
            x.iter_mut().zip(sum).for_each(|(x, sum)| *x = sum);
        }
        self.norm.apply(&mut x);
        let mut room = Room::default();
        for (done, layer) in (1_u16..).zip(&self.layers) {
            layer.apply(&mut x, ids.len(), &self.near, &mut room);
            told(f32::from(done) / self.layers.len() as f32);
        }
        self.last.apply(&mut x);
        firsts.iter().flat_map(|&first| &x[first * d..][..d]).copied().collect()
    }
}

impl Layer {
    /// Applies it to the rows of `x`, of which the first `count` are pieces, in place.
    fn apply(&self, x: &mut [f32], count: usize, near: &[Vec<f32>], room: &mut Room) {
        let d = self.first.weight.len();
        let rows = x.len() / d;
        let Room { whole, shares, float: [wide, joined, scores] } = room;
        let mut linear = |matrix: &Matrix<Blocks>, x: &[f32], out: &mut Vec<f32>| {
            whole.round::<Native>(x, matrix.inputs);
            out.resize(rows * matrix.outputs, 0.0);
            project::<Native, _>(matrix, whole, out);
        };
        linear(&self.attend, x, wide);
        joined.resize(x.len(), 0.0);
        attention(wide, joined, count, near, (scores, shares));
        linear(&self.join, joined, wide);
        add::<Native>(x, &wide[..x.len()]);
        self.first.apply(x);
        linear(&self.up, x, wide);
        gelu::<Native>(wide);
        linear(&self.down, wide, joined);
        add::<Native>(x, joined);
        self.second.apply(x);
    }
}

/// What each piece takes from the others: `wide` [rows, 3 · width] -> `out` [rows, width].
fn attention(wide: &[f32], out: &mut [f32], count: usize, near: &[Vec<f32>], room: (&mut Vec<f32>, &mut Whole)) {
    let d = near.len() * HEAD;
    let rows = out.len() / d;
    let (scores, whole) = room;
    let mut queries = Whole::default();
    let mut taken = vec![0.0; rows * HEAD];
    for (head, near) in near.iter().enumerate() {
        let part = |of: usize| wide.chunks_exact(3 * d).map(move |row| &row[of * d + head * HEAD..][..HEAD]);
        queries.round_queries::<Native>(part(0), HEAD);
        let keys = Matrix::of_keys::<Native>(part(1), HEAD);
        scores.resize(rows * rows, 0.0);
        project::<Native, _>(&keys, &queries, &mut scores[..rows * rows]);
        shares::<Native>(&mut scores[..rows * rows], rows, count, near, whole);
        project::<Native, _>(&Matrix::of_values::<Native>(part(2), HEAD), whole, &mut taken);
        for (out, taken) in out.chunks_exact_mut(d).zip(taken.chunks_exact(HEAD)) {
            out[head * HEAD..][..HEAD].copy_from_slice(taken);
        }
    }
}

/// The windows in which an article is read: each ends with a paragraph, the first that is long enough, where there is one
/// within reach.
pub fn windows(article: &Article<'_>) -> Vec<Run> {
    let count = article.tokens.len();
    let mut starts = article.paragraphs.iter().map(|paragraph| paragraph.tokens.start).peekable();
    let mut windows = Vec::new();
    let mut start = 0;
    while start < count {
        while starts.next_if(|&next| next < start + SOFT).is_some() {}
        let end = if start + HARD < count {
            starts.peek().copied().filter(|&next| next < start + HARD).unwrap_or(start + HARD)
        } else {
            count
        };
        windows.push(Run::new(start, end));
        start = end;
    }
    windows
}

#[cfg(test)]
mod tests {
    use super::super::file::File;
    use super::super::reference::Reference;
    use super::super::sample::{ARTICLE, SMALL, deep_parts, packed};
    use super::*;
    use crate::lang::ENGLISH;

    fn sample(seed: u64) -> (Transformer, Reference) {
        let mut file = File::new(&packed(&deep_parts(seed, SMALL))).expect("a whole file");
        let reference = Reference(file.clone());
        (Transformer::new(&mut file, Some(SMALL.d)).expect("a whole transformer").expect("one"), reference)
    }

    #[test]
    fn windows_hold_every_token_once_and_end_with_a_paragraph() {
        let lines = |words: usize, count: usize| format!("{}\n", "word ".repeat(words)).repeat(count);
        for (text, lengths) in [
            (lines(100, 9), vec![300, 300, 300]),
            (lines(150, 4), vec![300, 300]),
            (lines(1000, 1), vec![400, 400, 200]),
            (lines(255, 1) + &lines(201, 3), vec![400, 257, 201]),
            (lines(256, 2), vec![256, 256]),
            (lines(3, 1), vec![3]),
            (String::new(), vec![]),
        ] {
            let article = Article::new(&text, &ENGLISH);
            let windows = windows(&article);
            assert!(windows.is_sorted_by(|one, other| one.end == other.start), "{windows:?}");
            assert_eq!(windows.iter().map(|window| window.len()).collect::<Vec<_>>(), lengths);
        }
    }

    #[test]
    fn the_transformer_computes_what_it_is_meant_to() {
        for (seed, text) in [(1, &ARTICLE[..600]), (2, "Yes."), (3, "“Café’s” closed—again, 東京 said É.")]
        {
            let (transformer, reference) = sample(seed);
            let article = Article::new(text, &ENGLISH);
            let words = || (0..article.tokens.len()).map(|token| article.word(token));
            let (fast, exact) = (transformer.vectors(words()), reference.transformed(words()));
            assert_eq!(fast.len(), exact.len() * 2 * HEAD);
            let far = fast.iter().zip(exact.iter().flatten()).map(|(fast, exact)| (f64::from(*fast) - exact).abs());
            let far = far.fold(0.0, f64::max);
            assert!(far < 4e-3, "seed {seed}: {far}");
            let spread = exact.iter().flatten().fold(0.0_f64, |most, x| most.max(x.abs()));
            assert!(spread > 1.0, "the vectors say something: {spread}");
        }
    }
}
