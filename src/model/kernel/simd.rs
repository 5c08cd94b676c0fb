//! The lanes in WebAssembly's 128-bit vectors.

use core::arch::wasm32::{
    f32x4_add, f32x4_convert_i32x4, f32x4_div, f32x4_mul, f32x4_pmax, f32x4_pmin, f32x4_splat, f32x4_sub,
    i16x8_load_extend_i8x8, i16x8_narrow_i32x4, i32x4_add, i32x4_dot_i16x8, i32x4_shl, i32x4_splat, i32x4_sub, v128,
    v128_load, v128_load32_splat, v128_store, v128_store64_lane,
};

use super::lanes::{Lanes, MAGIC};

/// Four numbers in one vector.
#[derive(Debug)]
pub(crate) enum Simd {}

#[expect(unsafe_code, reason = "vectors are loaded and stored through pointers, here always of arrays of their size")]
impl Lanes for Simd {
    type Float = v128;
    type Whole = v128;
    type Short = v128;

    #[inline(always)]
    fn splat(value: f32) -> v128 {
        f32x4_splat(value)
    }

    #[inline(always)]
    fn load(values: &[f32; 4]) -> v128 {
        // SAFETY: sixteen bytes that may be read; WebAssembly asks for no alignment.
        unsafe { v128_load(values.as_ptr().cast()) }
    }

    #[inline(always)]
    fn store(vector: v128, values: &mut [f32; 4]) {
        // SAFETY: sixteen bytes that may be written.
        unsafe { v128_store(values.as_mut_ptr().cast(), vector) }
    }

    #[inline(always)]
    fn add(a: v128, b: v128) -> v128 {
        f32x4_add(a, b)
    }

    #[inline(always)]
    fn sub(a: v128, b: v128) -> v128 {
        f32x4_sub(a, b)
    }

    #[inline(always)]
    fn mul(a: v128, b: v128) -> v128 {
        f32x4_mul(a, b)
    }

    #[inline(always)]
    fn div(a: v128, b: v128) -> v128 {
        f32x4_div(a, b)
    }

    #[inline(always)]
    fn less(a: v128, b: v128) -> v128 {
        f32x4_pmin(a, b)
    }

    #[inline(always)]
    fn more(a: v128, b: v128) -> v128 {
        f32x4_pmax(a, b)
    }

    #[inline(always)]
    fn raise(vector: v128, power: v128) -> v128 {
        i32x4_add(vector, i32x4_shl(power, 23))
    }

    #[inline(always)]
    fn narrow(vector: v128) -> [i16; 4] {
        let whole = i32x4_sub(f32x4_add(vector, f32x4_splat(MAGIC)), i32x4_splat(MAGIC.to_bits().cast_signed()));
        let mut values = [0; 4];
        // SAFETY: eight bytes that may be written.
        unsafe { v128_store64_lane::<0>(i16x8_narrow_i32x4(whole, whole), values.as_mut_ptr().cast()) };
        values
    }

    #[inline(always)]
    fn zero() -> v128 {
        i32x4_splat(0)
    }

    #[inline(always)]
    fn pair(values: &[i16; 2]) -> v128 {
        // SAFETY: four bytes that may be read.
        unsafe { v128_load32_splat(values.as_ptr().cast()) }
    }

    #[inline(always)]
    fn weights(values: &[i16; 8]) -> v128 {
        // SAFETY: sixteen bytes that may be read.
        unsafe { v128_load(values.as_ptr().cast()) }
    }

    #[inline(always)]
    fn bytes(values: &[u8; 8]) -> v128 {
        // SAFETY: eight bytes that may be read.
        unsafe { i16x8_load_extend_i8x8(values.as_ptr().cast()) }
    }

    #[inline(always)]
    fn dot(sum: v128, a: v128, b: v128) -> v128 {
        i32x4_add(sum, i32x4_dot_i16x8(a, b))
    }

    #[inline(always)]
    fn float(vector: v128) -> v128 {
        f32x4_convert_i32x4(vector)
    }
}
