//! The lanes in plain Rust: what runs natively, and what the WebAssembly twin must agree with to the bit.

use super::lanes::{Lanes, MAGIC};

/// Four numbers in an array; the compiler makes vectors of them where it can.
#[derive(Debug)]
pub(crate) enum Scalar {}

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

    fn splat(value: f32) -> [f32; 4] {
        [value; 4]
    }

    fn load(values: &[f32; 4]) -> [f32; 4] {
        *values
    }

    fn store(vector: [f32; 4], values: &mut [f32; 4]) {
        *values = vector;
    }

    fn add(a: [f32; 4], b: [f32; 4]) -> [f32; 4] {
        map(a, b, |a, b| a + b)
    }

    fn sub(a: [f32; 4], b: [f32; 4]) -> [f32; 4] {
        map(a, b, |a, b| a - b)
    }

    fn mul(a: [f32; 4], b: [f32; 4]) -> [f32; 4] {
        map(a, b, |a, b| a * b)
    }

    fn div(a: [f32; 4], b: [f32; 4]) -> [f32; 4] {
        map(a, b, |a, b| a / b)
    }

    fn less(a: [f32; 4], b: [f32; 4]) -> [f32; 4] {
        map(a, b, |a, b| if b < a { b } else { a })
    }

    fn more(a: [f32; 4], b: [f32; 4]) -> [f32; 4] {
        map(a, b, |a, b| if a < b { b } else { a })
    }

    fn raise(vector: [f32; 4], power: [f32; 4]) -> [f32; 4] {
        map(vector, power, |value, power| f32::from_bits(value.to_bits().wrapping_add(power.to_bits() << 23)))
    }

    fn narrow(vector: [f32; 4]) -> [i16; 4] {
        vector.map(|value| {
            let whole = (value + MAGIC).to_bits().wrapping_sub(MAGIC.to_bits()).cast_signed();
            whole.clamp(i32::from(i16::MIN), i32::from(i16::MAX)) as i16
        })
    }

    fn zero() -> [i32; 4] {
        [0; 4]
    }

    fn pair(values: &[i16; 2]) -> [i16; 8] {
        let [a, b] = *values;
        [a, b, a, b, a, b, a, b]
    }

    fn weights(values: &[i16; 8]) -> [i16; 8] {
        *values
    }

    #[inline]
    fn dot(sum: [i32; 4], a: [i16; 8], b: [i16; 8]) -> [i32; 4] {
        pairs(sum, a, b)
    }

    fn float(vector: [i32; 4]) -> [f32; 4] {
        vector.map(|value| value as f32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn pairs_are_multiplied_and_added(sum in any::<[i32; 4]>(), a in any::<[i16; 8]>(), b in any::<[i16; 8]>()) {
            prop_assert_eq!(pairs(sum, a, b), plain_pairs(sum, a, b));
        }
    }
}
