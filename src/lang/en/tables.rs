//! The lists of this folder's text files, one table a file: see build.rs.

include!(concat!(env!("OUT_DIR"), "/en.rs"));
