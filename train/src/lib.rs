//! Makes the model file that whosaid reads.
//!
//! | module | from | to |
//! |---|---|---|
//! | [`corpus`] | files of `../shared/data` | [`corpus::Sample`]s: texts with what annotators marked |
//! | [`augment`] | a sample | another like it |
//! | [`syntax`] | names of parts of speech and relations | their numbers |
//! | [`vocabulary`] | the lists of names | what each name is |
//! | [`example`] | a sample | [`example::Segment`]s: features and labels of its tokens |
//! | [`target`] | a segment | a [`target::Lesson`]: what the network sees, and what it should say |
//! | [`vectors`] | vectors of words, learnt from other texts | those of the vocabulary |
//! | [`parameter`] | chance | the parameters of a network that knows nothing yet |
//! | [`training`] | lessons | the parameters of one that has learnt |
//! | [`calibrate`] | claims that were found on a development set | what makes confidences of their signals |
//! | [`export`] | parameters | the model file |

pub mod augment;
mod batch;
pub mod calibrate;
pub mod checkpoint;
pub mod corpus;
pub mod deep;
pub mod example;
pub mod export;
#[cfg(test)]
mod fixture;
mod network;
mod noise;
mod ops;
mod optimiser;
pub mod parameter;
pub mod pretrained;
pub mod pronoun;
pub mod random;
pub mod syntax;
pub mod target;
pub mod training;
pub mod vectors;
pub mod vocabulary;
