//! Makes the model file that whosaid reads.
//!
//! | module | from | to |
//! |---|---|---|
//! | [`corpus`] | files of `../shared/data` | [`corpus::Sample`]s: texts with what annotators marked |
//! | [`syntax`] | names of parts of speech and relations | their numbers |
//! | [`vocabulary`] | the lists of names | what each name is |
//! | [`example`] | a sample | [`example::Segment`]s: features and labels of its tokens |

pub mod corpus;
pub mod example;
pub mod noise;
mod ops;
pub mod syntax;
pub mod vocabulary;
