//! The lanes in plain Rust: what runs natively, and what the WebAssembly twin must agree with to the bit.

use super::lanes::{Lanes, MAGIC, ROWS, Weights, multiply};

/// Four numbers in an array; the compiler makes vectors of them where it can.
#[derive(Debug)]
pub(crate) enum Scalar {}

#[inline]
fn map(a: [f32; 4], b: [f32; 4], with: impl Fn(f32, f32) -> f32) -> [f32; 4] {
    [with(a[0], b[0]), with(a[1], b[1]), with(a[2], b[2]), with(a[3], b[3])]
}

/// `sum` and, in each lane, the product of two pairs.
#[cfg(any(test, not(target_arch = "x86_64")))]
fn plain_pairs(sum: [i32; 4], a: [i16; 8], b: [i16; 8]) -> [i32; 4] {
    let product = |at: usize| i32::from(a[at]) * i32::from(b[at]);
    std::array::from_fn(|lane| sum[lane].wrapping_add(product(2 * lane).wrapping_add(product(2 * lane + 1))))
}

#[cfg(not(target_arch = "x86_64"))]
use plain_pairs as pairs;

/// The same in the instruction that every x86-64 has for it: the compiler finds it in plain loops only now and then.
#[cfg(target_arch = "x86_64")]
#[inline]
#[expect(unsafe_code, reason = "the instruction is asked for by name")]
fn pairs(sum: [i32; 4], a: [i16; 8], b: [i16; 8]) -> [i32; 4] {
    use core::arch::x86_64::{__m128i, _mm_add_epi32, _mm_madd_epi16};
    use core::mem::transmute;
    // SAFETY: x86-64 has SSE2, and arrays of sixteen bytes are vectors of as many, of any bits.
    unsafe {
        let (a, b) = (transmute::<[i16; 8], __m128i>(a), transmute::<[i16; 8], __m128i>(b));
        transmute::<__m128i, [i32; 4]>(_mm_add_epi32(transmute::<[i32; 4], __m128i>(sum), _mm_madd_epi16(a, b)))
    }
}

impl Lanes for Scalar {
    type Float = [f32; 4];
    type Whole = [i32; 4];
    type Short = [i16; 8];

    #[inline]
    fn splat(value: f32) -> [f32; 4] {
        [value; 4]
    }

    #[inline]
    fn load(values: &[f32; 4]) -> [f32; 4] {
        *values
    }

    #[inline]
    fn store(vector: [f32; 4], values: &mut [f32; 4]) {
        *values = vector;
    }

    #[inline]
    fn add(a: [f32; 4], b: [f32; 4]) -> [f32; 4] {
        map(a, b, |a, b| a + b)
    }

    #[inline]
    fn sub(a: [f32; 4], b: [f32; 4]) -> [f32; 4] {
        map(a, b, |a, b| a - b)
    }

    #[inline]
    fn mul(a: [f32; 4], b: [f32; 4]) -> [f32; 4] {
        map(a, b, |a, b| a * b)
    }

    #[inline]
    fn div(a: [f32; 4], b: [f32; 4]) -> [f32; 4] {
        map(a, b, |a, b| a / b)
    }

    #[inline]
    fn less(a: [f32; 4], b: [f32; 4]) -> [f32; 4] {
        map(a, b, |a, b| if b < a { b } else { a })
    }

    #[inline]
    fn more(a: [f32; 4], b: [f32; 4]) -> [f32; 4] {
        map(a, b, |a, b| if a < b { b } else { a })
    }

    #[inline]
    fn raise(vector: [f32; 4], power: [f32; 4]) -> [f32; 4] {
        map(vector, power, |value, power| f32::from_bits(value.to_bits().wrapping_add(power.to_bits() << 23)))
    }

    #[inline]
    fn narrow(vector: [f32; 4]) -> [i16; 4] {
        let narrow = |value: f32| {
            let whole = (value + MAGIC).to_bits().wrapping_sub(MAGIC.to_bits()).cast_signed();
            whole.clamp(i32::from(i16::MIN), i32::from(i16::MAX)) as i16
        };
        let [a, b, c, d] = vector;
        [narrow(a), narrow(b), narrow(c), narrow(d)]
    }

    #[inline]
    fn zero() -> [i32; 4] {
        [0; 4]
    }

    #[inline]
    fn pair(values: &[i16; 2]) -> [i16; 8] {
        let [a, b] = *values;
        [a, b, a, b, a, b, a, b]
    }

    #[inline]
    fn weights(values: &[i16; 8]) -> [i16; 8] {
        *values
    }

    #[inline]
    fn bytes(values: &[u8; 8]) -> [i16; 8] {
        std::array::from_fn(|at| i16::from(values[at].cast_signed()))
    }

    #[inline]
    fn dot(sum: [i32; 4], a: [i16; 8], b: [i16; 8]) -> [i32; 4] {
        pairs(sum, a, b)
    }

    #[inline]
    fn float(vector: [i32; 4]) -> [f32; 4] {
        let [a, b, c, d] = vector;
        [a as f32, b as f32, c as f32, d as f32]
    }

    #[inline]
    fn multiply<W: Weights>(
        weights: &[W],
        rows: [&[[i16; 2]]; ROWS],
        sums: [[[i32; 4]; 2]; ROWS],
    ) -> [[[i32; 4]; 2]; ROWS] {
        #[cfg(target_arch = "x86_64")]
        if std::arch::is_x86_feature_detected!("avx2") {
            let one =
                std::arch::is_x86_feature_detected!("avx512vnni") && std::arch::is_x86_feature_detected!("avx512vl");
            return multiply_wide(weights, rows, sums, one);
        }
        multiply::<Self, W>(weights, rows, sums)
    }
}

/// [`multiply`] with vectors of sixteen numbers, which most processors have; `one`: this one multiplies and adds in one
/// instruction. Whole numbers add up to the same in any order.
#[cfg(target_arch = "x86_64")]
#[expect(unsafe_code, reason = "the instructions are asked for by name")]
fn multiply_wide<W: Weights>(
    weights: &[W],
    rows: [&[[i16; 2]]; ROWS],
    sums: [[[i32; 4]; 2]; ROWS],
    one: bool,
) -> [[[i32; 4]; 2]; ROWS] {
    use core::arch::x86_64::{
        __m128i, __m256i, _mm256_add_epi32, _mm256_cvtepi8_epi16, _mm256_dpwssd_epi32, _mm256_madd_epi16,
        _mm256_set1_epi32, _mm256_setzero_si256,
    };
    use core::mem::{transmute, transmute_copy};

    /// Pairs whose products are summed apart, since a sum waits for the one before it.
    const APART: usize = 4;

    #[inline]
    #[target_feature(enable = "avx2")]
    fn wide<W: Weights>(weights: &W) -> __m256i {
        // SAFETY: weights are sixteen numbers, of one byte or of two; all of any bits.
        unsafe {
            match size_of::<W>() {
                16 => _mm256_cvtepi8_epi16(transmute_copy::<W, __m128i>(weights)),
                _ => transmute_copy::<W, __m256i>(weights),
            }
        }
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn both(pair: [i16; 2]) -> __m256i {
        // SAFETY: a pair is four bytes, of any bits.
        _mm256_set1_epi32(unsafe { transmute::<[i16; 2], i32>(pair) })
    }

    #[target_feature(enable = "avx2")]
    fn multiply<W: Weights>(weights: &[W], rows: [&[[i16; 2]]; ROWS], mut sums: [__m256i; ROWS]) -> [__m256i; ROWS] {
        let [a, b, c, d] = rows;
        for ((((weights, a), b), c), d) in weights.iter().zip(a).zip(b).zip(c).zip(d) {
            let weights = wide(weights);
            for (sum, pair) in sums.iter_mut().zip([a, b, c, d]) {
                *sum = _mm256_add_epi32(*sum, _mm256_madd_epi16(both(*pair), weights));
            }
        }
        sums
    }

    #[target_feature(enable = "avx2,avx512vnni,avx512vl")]
    fn multiply_in_one<W: Weights>(weights: &[W], rows: [&[[i16; 2]]; ROWS], sums: [__m256i; ROWS]) -> [__m256i; ROWS] {
        let mut apart = [[_mm256_setzero_si256(); ROWS]; APART];
        apart[0] = sums;
        let count = rows.iter().fold(weights.len(), |count, row| count.min(row.len()));
        let (weights, rest) = weights[..count].as_chunks::<APART>();
        let rows = rows.map(|row| row[..count].as_chunks::<APART>());
        let [a, b, c, d] = rows.map(|(row, _)| row);
        for ((((weights, a), b), c), d) in weights.iter().zip(a).zip(b).zip(c).zip(d) {
            for (place, sums) in apart.iter_mut().enumerate() {
                let weights = wide(&weights[place]);
                for (sum, row) in sums.iter_mut().zip([a, b, c, d]) {
                    *sum = _mm256_dpwssd_epi32(*sum, both(row[place]), weights);
                }
            }
        }
        let [first, second, third, fourth] = apart;
        let two = |row: usize, a: [__m256i; ROWS], b: [__m256i; ROWS]| _mm256_add_epi32(a[row], b[row]);
        let sums = std::array::from_fn(|row| _mm256_add_epi32(two(row, first, second), two(row, third, fourth)));
        multiply(rest, rows.map(|(_, rest)| rest), sums)
    }

    // SAFETY: the processor has the instructions, which the caller has asked; sums are as many bytes as vectors of eight
    // numbers.
    unsafe {
        let sums = transmute::<[[[i32; 4]; 2]; ROWS], [__m256i; ROWS]>(sums);
        transmute(if one { multiply_in_one(weights, rows, sums) } else { multiply(weights, rows, sums) })
    }
}

#[cfg(test)]
mod tests {
    use super::super::lanes::{Block, Bytes};
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn wide_products_are_the_same(
            weights in prop::collection::vec(any::<Block>(), 0..40),
            rows in prop::collection::vec(any::<[[i16; 2]; ROWS]>(), 40),
            sums in any::<[[[i32; 4]; 2]; ROWS]>(),
            lengths in any::<[prop::sample::Index; ROWS]>(),
        ) {
            let row = |row: usize| rows.iter().take(lengths[row].index(41)).map(|rows| rows[row]).collect();
            let rows: [Vec<[i16; 2]>; ROWS] = std::array::from_fn(row);
            let rows = rows.each_ref().map(|row| &row[..]);
            prop_assert_eq!(Scalar::multiply(&weights, rows, sums), multiply::<Scalar, _>(&weights, rows, sums));
            let byte = |block: &Block, at: usize| block[at / 8][at % 8].to_le_bytes()[0];
            let bytes: Vec<Bytes> = weights.iter().map(|block| std::array::from_fn(|at| byte(block, at))).collect();
            let wide: Vec<Block> = bytes.iter().map(Weights::widened).collect();
            let expected = multiply::<Scalar, _>(&wide, rows, sums);
            prop_assert_eq!(multiply::<Scalar, _>(&bytes, rows, sums), expected);
            prop_assert_eq!(Scalar::multiply(&bytes, rows, sums), expected);
        }

        #[test]
        fn pairs_are_multiplied_and_added(sum in any::<[i32; 4]>(), a in any::<[i16; 8]>(), b in any::<[i16; 8]>()) {
            prop_assert_eq!(pairs(sum, a, b), plain_pairs(sum, a, b));
        }
    }
}
