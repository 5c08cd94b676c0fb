//! Vectors of four numbers, as the arithmetic of the network asks for them.

/// 1.5 · 2^23: a float of less than 2^22 that is added to it is rounded to a whole number, which its low bits then hold.
pub(super) const MAGIC: f32 = 12_582_912.0;

/// Rows of a product come in groups of so many: what fits the registers together with eight outputs.
pub(crate) const ROWS: usize = 4;

/// The weights of a pair of inputs for each of eight outputs: four of these after four others.
pub(crate) type Block = [[i16; 8]; 2];

/// The same in half the space, for matrices that are large: each byte is an i8.
pub(crate) type Bytes = [u8; 16];

/// How the weights of a pair of inputs for each of eight outputs are kept: sixteen numbers, of one byte or of two.
pub(crate) trait Weights: Copy {
    fn load<L: Lanes>(&self) -> [L::Short; 2];
    #[cfg(test)]
    fn widened(&self) -> Block;
}

impl Weights for Block {
    #[inline(always)]
    fn load<L: Lanes>(&self) -> [L::Short; 2] {
        [L::weights(&self[0]), L::weights(&self[1])]
    }

    #[cfg(test)]
    fn widened(&self) -> Block {
        *self
    }
}

impl Weights for Bytes {
    #[inline(always)]
    fn load<L: Lanes>(&self) -> [L::Short; 2] {
        let halves = self.as_chunks().0;
        [L::bytes(&halves[0]), L::bytes(&halves[1])]
    }

    #[cfg(test)]
    fn widened(&self) -> Block {
        std::array::from_fn(|half| std::array::from_fn(|at| i16::from(self[8 * half + at].cast_signed())))
    }
}

/// Where the weights of a matrix stand: in a list of its own, or in the bytes of a model file.
pub(crate) trait LaidOut {
    type Weights: Weights;

    /// For each block of outputs, the weights of each pair of inputs.
    fn weights(&self) -> &[Self::Weights];
}

impl<W: Weights> LaidOut for Vec<W> {
    type Weights = W;

    fn weights(&self) -> &[W] {
        self
    }
}

/// Vectors of four numbers, and pairs of 16-bit numbers that are multiplied four at a time.
pub(crate) trait Lanes {
    /// Four f32.
    type Float: Copy;
    /// Four i32.
    type Whole: Copy;
    /// Eight i16: four pairs.
    type Short: Copy;

    fn splat(value: f32) -> Self::Float;
    fn load(values: &[f32; 4]) -> Self::Float;
    fn store(vector: Self::Float, values: &mut [f32; 4]);
    fn add(a: Self::Float, b: Self::Float) -> Self::Float;
    fn sub(a: Self::Float, b: Self::Float) -> Self::Float;
    fn mul(a: Self::Float, b: Self::Float) -> Self::Float;
    fn div(a: Self::Float, b: Self::Float) -> Self::Float;
    /// `b` where it is less, else `a`.
    fn less(a: Self::Float, b: Self::Float) -> Self::Float;
    /// `b` where it is more, else `a`.
    fn more(a: Self::Float, b: Self::Float) -> Self::Float;
    /// `vector` times two to the whole number in the low bits of `power`, one to which [`MAGIC`] was added.
    fn raise(vector: Self::Float, power: Self::Float) -> Self::Float;
    /// Rounded to even, held within i16.
    fn narrow(vector: Self::Float) -> [i16; 4];
    fn zero() -> Self::Whole;
    /// One pair, four times.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "it is loaded from where it stands")]
    fn pair(values: &[i16; 2]) -> Self::Short;
    fn weights(values: &[i16; 8]) -> Self::Short;
    #[cfg_attr(
        target_pointer_width = "64",
        expect(clippy::trivially_copy_pass_by_ref, reason = "it is loaded from where it stands")
    )]
    fn bytes(values: &[u8; 8]) -> Self::Short;
    /// `sum` and, in each lane, the product of two pairs.
    fn dot(sum: Self::Whole, a: Self::Short, b: Self::Short) -> Self::Whole;
    fn float(vector: Self::Whole) -> Self::Float;

    /// [`multiply`], where there is a faster way to the same.
    #[inline(always)]
    fn multiply<W: Weights>(
        weights: &[W],
        rows: [&[[i16; 2]]; ROWS],
        sums: [[Self::Whole; 2]; ROWS],
    ) -> [[Self::Whole; 2]; ROWS]
    where
        Self: Sized,
    {
        multiply::<Self, W>(weights, rows, sums)
    }
}

/// The inner loop of a product: four rows with one block of eight outputs.
#[inline(always)]
pub(super) fn multiply<L: Lanes, W: Weights>(
    weights: &[W],
    rows: [&[[i16; 2]]; ROWS],
    mut sums: [[L::Whole; 2]; ROWS],
) -> [[L::Whole; 2]; ROWS] {
    let [a, b, c, d] = rows;
    for ((((weights, a), b), c), d) in weights.iter().zip(a).zip(b).zip(c).zip(d) {
        let weights = weights.load::<L>();
        let [first, second, third, fourth] = sums;
        sums = [
            add::<L>(first, a, weights),
            add::<L>(second, b, weights),
            add::<L>(third, c, weights),
            add::<L>(fourth, d, weights),
        ];
    }
    sums
}

/// Adds the products of a pair of inputs with the pair's weights to the sums of eight outputs.
#[inline(always)]
fn add<L: Lanes>(sums: [L::Whole; 2], pair: &[i16; 2], weights: [L::Short; 2]) -> [L::Whole; 2] {
    let pair = L::pair(pair);
    [L::dot(sums[0], pair, weights[0]), L::dot(sums[1], pair, weights[1])]
}
