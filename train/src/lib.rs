//! Makes the model file that whosaid reads.

pub mod noise;
mod ops;
