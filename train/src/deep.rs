//! Texts -> what a transformer says of their tokens, kept on disk: it takes hours, and is the same in every epoch.
//!
//! A file a text: a half float for each number, token after token.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use half::f16;
use whosaid::lang::ENGLISH;
use whosaid::model::transformer::windows;
use whosaid::model::{Transformer, pack};
use whosaid::text::Article;

use crate::checkpoint::mixed;
use crate::pretrained::Pretrained;

/// How many texts are read at a time.
const THREADS: usize = 2;

/// How many of its pieces a transformer keeps: each has 768 numbers, and the file is to have 55 MB at most after brotli.
const PIECES: usize = 21_500;

/// How many bytes of text are read from one report to the next.
const REPORTED: usize = 1_000_000;

/// A transformer, and the folder where what it says is kept.
#[derive(Debug)]
pub struct Deep {
    /// What goes into the model file with it.
    pub pretrained: Pretrained,
    transformer: Transformer,
    /// The transformer's: another one's files are none of this one's.
    key: u64,
    folder: PathBuf,
}

/// A part of what is kept of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// The text's file.
    pub file: Arc<Path>,
    /// The token that it starts with.
    pub first: usize,
}

impl Deep {
    /// The transformer of a package as it was tuned, with the pieces that `texts` need most, and the folder where what it
    /// says is kept.
    ///
    /// # Errors
    /// When a file is missing or not as it should be, or the folder cannot be made; the text says which.
    pub fn new<'t>(
        package: &Path,
        tuned: &Path,
        folder: &Path,
        texts: impl Iterator<Item = &'t str>,
    ) -> Result<Self, String> {
        let mut pretrained = Pretrained::read(package, tuned)?;
        let open = |pretrained: &Pretrained| {
            let bytes = pack(pretrained.sections());
            let transformer = Transformer::from_bytes(&bytes).map_err(|error| error.to_string())?;
            let transformer = transformer.ok_or_else(|| format!("{}: no transformer", package.display()))?;
            Ok::<_, String>((transformer, bytes))
        };
        let (whole, _) = open(&pretrained)?;
        let mut needed = vec![0; whole.count()];
        for text in texts {
            let article = Article::new(text, &ENGLISH);
            let rows = whole.pieces((0..article.tokens.len()).map(|token| article.word(token)));
            for row in rows {
                needed[row as usize] += 1;
            }
        }
        pretrained.keep(&needed, PIECES);
        let (transformer, bytes) = open(&pretrained)?;
        fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        Ok(Self { pretrained, transformer, key: mixed(0, &bytes), folder: folder.to_owned() })
    }

    /// How many numbers it has for a token.
    pub fn width(&self) -> usize {
        self.transformer.width()
    }

    /// What tells it from another transformer.
    pub fn key(&self) -> u64 {
        self.key
    }

    /// Where what is said of a text is kept.
    pub fn file(&self, text: &str) -> Arc<Path> {
        self.folder.join(format!("{:016x}.f16", mixed(self.key, text.as_bytes()))).into()
    }

    /// Reads the texts of which nothing is kept yet; `told` is told how many bytes of how many are read.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn prepare<'t>(
        &self,
        texts: impl Iterator<Item = &'t str>,
        told: &(dyn Fn(usize, usize) + Sync),
    ) -> Result<(), String> {
        let mut files = BTreeSet::new();
        let is_new = |text: &&str| {
            let file = self.file(text);
            !file.exists() && files.insert(file)
        };
        let missing: Vec<&str> = texts.filter(is_new).collect();
        let all: usize = missing.iter().map(|text| text.len()).sum();
        told(0, all);
        let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let work = || {
            while let Some(text) = missing.get(next.fetch_add(1, Ordering::Relaxed)) {
                self.keep(text).map_err(|error| format!("{}: {error}", self.folder.display()))?;
                let before = done.fetch_add(text.len(), Ordering::Relaxed);
                let after = before + text.len();
                if before / REPORTED < after / REPORTED {
                    told(after, all);
                }
            }
            Ok::<(), String>(())
        };
        thread::scope(|scope| {
            let workers: Vec<_> = (0..THREADS).map(|_| scope.spawn(work)).collect();
            let failed = |_| Err("a text could not be read".to_owned());
            workers.into_iter().try_for_each(|worker| worker.join().unwrap_or_else(failed))
        })
    }

    /// Keeps what is said of a text; the file is whole or not there.
    fn keep(&self, text: &str) -> io::Result<()> {
        let article = Article::new(text, &ENGLISH);
        let mut bytes = Vec::new();
        for window in windows(&article) {
            let vectors = self.transformer.vectors(window.range().map(|token| article.word(token)));
            bytes.extend(vectors.into_iter().flat_map(|number| f16::from_f32(number).to_le_bytes()));
        }
        let file = self.file(text);
        let new = file.with_extension("new");
        fs::write(&new, bytes)?;
        fs::rename(new, file)
    }
}

impl Excerpt {
    /// Reads the vectors of so many tokens, of `width` numbers each.
    ///
    /// # Errors
    /// When the file is missing or too short.
    pub fn read(&self, tokens: usize, width: usize) -> io::Result<Vec<f32>> {
        let mut bytes = vec![0; 2 * tokens * width];
        let mut file = File::open(&self.file)?;
        file.seek(SeekFrom::Start((2 * self.first * width) as u64))?;
        file.read_exact(&mut bytes)?;
        Ok(bytes.as_chunks().0.iter().map(|&two| f16::from_le_bytes(two).to_f32()).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_has_the_numbers_of_its_tokens() {
        let folder = std::env::temp_dir().join(format!("whosaid-excerpt-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        let file: Arc<Path> = folder.join("text.f16").into();
        let numbers: Vec<u8> = (0..12).flat_map(|number| f16::from_f32(number as f32).to_le_bytes()).collect();
        fs::write(&file, numbers).expect("a file");
        let read = |first: usize, tokens: usize| Excerpt { file: file.clone(), first }.read(tokens, 3);
        assert_eq!(read(1, 2).expect("two tokens"), [3., 4., 5., 6., 7., 8.]);
        assert!(read(3, 2).is_err(), "the file has four tokens");
        fs::remove_dir_all(&folder).expect("the folder");
        assert!(read(0, 1).is_err(), "the file is gone");
    }
}
