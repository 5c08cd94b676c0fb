//! Six layers of 768 numbers with twelve heads and 3,072 numbers between, twice: whosaid's transformer, and the same
//! operations by candle with weights of 8 bits (`Q8_0`) and everything else in floats.

use std::cell::RefCell;

use candle_core::quantized::{GgmlDType, QMatMul, QTensor};
use candle_core::{D, Device, Module, Result, Tensor};
use whosaid::model::Transformer;

/// The linear layers of one layer.
struct Layer {
    attend: QMatMul,
    join: QMatMul,
    up: QMatMul,
    down: QMatMul,
}

thread_local! {
    static OURS: RefCell<Option<Transformer>> = const { RefCell::new(None) };
    static CANDLE: RefCell<Vec<Layer>> = const { RefCell::new(Vec::new()) };
}

/// Room for so many bytes, which one of the functions below takes over.
#[unsafe(no_mangle)]
pub extern "C" fn room(count: usize) -> *mut u8 {
    Box::leak(vec![0; count].into_boxed_slice()).as_mut_ptr()
}

/// Reads a file of sections with a transformer, which stands in a room of so many bytes.
///
/// # Safety
/// `file` comes from [`room`] with the same count, and nobody else uses it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn open(file: *mut u8, count: usize) {
    let bytes = unsafe { Vec::from_raw_parts(file, count, count) };
    let transformer = Transformer::from_bytes(&bytes).expect("a whole file").expect("a transformer");
    OURS.set(Some(transformer));
}

/// Reads a window of one-piece words.
#[unsafe(no_mangle)]
pub extern "C" fn ours(words: usize) -> f32 {
    const WORDS: [&str; 6] = ["the", "minister", "said", "that", "of", "a"];
    OURS.with_borrow(|ours| {
        let ours = ours.as_ref().expect("it was opened");
        ours.vectors(WORDS.into_iter().cycle().take(words)).iter().sum()
    })
}

fn numbers(count: usize, seed: u32) -> Vec<f32> {
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as f32 / (1 << 24) as f32 - 0.5
    };
    (0..count).map(|_| next() * 0.1).collect()
}

fn matrix(outputs: usize, inputs: usize, seed: u32) -> Result<QMatMul> {
    let floats = Tensor::from_vec(numbers(outputs * inputs, seed), (outputs, inputs), &Device::Cpu)?;
    QMatMul::from_qtensor(QTensor::quantize(&floats, GgmlDType::Q8_0)?)
}

/// Makes candle's layers.
#[unsafe(no_mangle)]
pub extern "C" fn make() {
    let layer = |seed| -> Result<Layer> {
        Ok(Layer {
            attend: matrix(2304, 768, seed)?,
            join: matrix(768, 768, seed)?,
            up: matrix(3072, 768, seed)?,
            down: matrix(768, 3072, seed)?,
        })
    };
    CANDLE.set((0..6).map(layer).collect::<Result<_>>().expect("matrices"));
}

fn norm(x: &Tensor) -> Result<Tensor> {
    let centred = x.broadcast_sub(&x.mean_keepdim(D::Minus1)?)?;
    centred.broadcast_div(&(centred.sqr()?.mean_keepdim(D::Minus1)? + 1e-5)?.sqrt()?)
}

fn run(layers: &[Layer], rows: usize) -> Result<f32> {
    let mut x = Tensor::from_vec(numbers(rows * 768, 7), (rows, 768), &Device::Cpu)?;
    let near = Tensor::from_vec(numbers(12 * rows * rows, 8), (12, rows, rows), &Device::Cpu)?;
    for layer in layers {
        let parts = layer.attend.forward(&x)?.reshape((rows, 3, 12, 64))?.permute((1, 2, 0, 3))?.contiguous()?;
        let scores = ((parts.get(0)?.matmul(&parts.get(1)?.t()?.contiguous()?)? * 0.125)? + &near)?;
        let powers = scores.broadcast_sub(&scores.max_keepdim(D::Minus1)?)?.exp()?;
        let shares = powers.broadcast_div(&powers.sum_keepdim(D::Minus1)?)?;
        let taken = shares.matmul(&parts.get(2)?)?.transpose(0, 1)?.reshape((rows, 768))?;
        x = norm(&(&x + layer.join.forward(&taken)?)?)?;
        x = norm(&(&x + layer.down.forward(&layer.up.forward(&x)?.gelu_erf()?)?)?)?;
    }
    x.sum_all()?.to_scalar()
}

/// Lets candle's layers read so many rows.
#[unsafe(no_mangle)]
pub extern "C" fn candle(rows: usize) -> f32 {
    CANDLE.with_borrow(|layers| run(layers, rows)).expect("shapes that fit")
}
