//! Makes the model file that whosaid reads.
//!
//! | module | from | to |
//! |---|---|---|
//! | [`corpus`] | files of `../shared/data` | [`corpus::Sample`]s: texts with what annotators marked |
//! | [`augment`] | a sample | another like it |
//! | [`syntax`] | names of parts of speech and relations | their numbers |
//! | [`vocabulary`] | the lists of names | what each name is |
//! | [`example`] | a sample | [`example::Segment`]s: features and labels of its tokens |

pub mod augment;
pub mod corpus;
pub mod example;
pub mod random;
pub mod syntax;
pub mod vocabulary;
