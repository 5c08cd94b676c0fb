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
    fn bytes(values: &[i8; 8]) -> [i16; 8] {
        std::array::from_fn(|at| i16::from(values[at]))
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
            return multiply_wide(weights, rows, sums);
        }
        multiply::<Self, W>(weights, rows, sums)
    }
}

/// [`multiply`] with vectors of sixteen numbers, which most processors have. Whole numbers add up to the same in any order.
#[cfg(target_arch = "x86_64")]
#[expect(unsafe_code, reason = "the instructions are asked for by name")]
fn multiply_wide<W: Weights>(
    weights: &[W],
    rows: [&[[i16; 2]]; ROWS],
    sums: [[[i32; 4]; 2]; ROWS],
) -> [[[i32; 4]; 2]; ROWS] {
    use core::arch::x86_64::{
        __m128i, __m256i, _mm256_add_epi32, _mm256_cvtepi8_epi16, _mm256_madd_epi16, _mm256_set1_epi32,
    };
    use core::mem::{transmute, transmute_copy};

    #[target_feature(enable = "avx2")]
    fn multiply<W: Weights>(weights: &[W], rows: [&[[i16; 2]]; ROWS], mut sums: [__m256i; ROWS]) -> [__m256i; ROWS] {
        let [a, b, c, d] = rows;
        for ((((weights, a), b), c), d) in weights.iter().zip(a).zip(b).zip(c).zip(d) {
            // SAFETY: weights are sixteen numbers, of one byte or of two; a pair is four bytes; all of any bits.
            let weights = unsafe {
                match size_of::<W>() {
                    16 => _mm256_cvtepi8_epi16(transmute_copy::<W, __m128i>(weights)),
                    _ => transmute_copy::<W, __m256i>(weights),
                }
            };
            for (sum, pair) in sums.iter_mut().zip([a, b, c, d]) {
                let pair = _mm256_set1_epi32(unsafe { transmute::<[i16; 2], i32>(*pair) });
                *sum = _mm256_add_epi32(*sum, _mm256_madd_epi16(pair, weights));
            }
        }
        sums
    }

    // SAFETY: the processor has AVX2, which the caller has asked; sums are as many bytes as vectors of eight numbers.
    unsafe { transmute(multiply(weights, rows, transmute::<[[[i32; 4]; 2]; ROWS], [__m256i; ROWS]>(sums))) }
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
        ) {
            let rows: [Vec<[i16; 2]>; ROWS] = std::array::from_fn(|row| rows.iter().map(|rows| rows[row]).collect());
            let rows = rows.each_ref().map(|row| &row[..weights.len()]);
            prop_assert_eq!(Scalar::multiply(&weights, rows, sums), multiply::<Scalar, _>(&weights, rows, sums));
            let bytes: Vec<Bytes> = weights.iter().map(|block| block.map(|half| half.map(|weight| weight as i8))).collect();
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
