//! A training that was broken off goes on where its last epoch ended.
//!
//! The file is compressed by gzip, whose checksum tells a whole file from part of one: what the training is of, epochs done,
//! steps, the state of chance, then for each parameter its values, the two running means of its gradient, and the mean of its
//! values; all little-endian.

use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;

use crate::parameter::Parameter;
use crate::random::Random;

/// Where a training stands after some epochs.
#[derive(Debug, Clone, PartialEq)]
pub struct Checkpoint {
    /// How many epochs are done.
    pub epochs: usize,
    /// How many steps were taken.
    pub steps: i32,
    /// What chance goes on from.
    pub random: Random,
    /// Of each parameter its values, the running means of its gradient and of that squared, and the mean of its values.
    pub numbers: Vec<[Vec<f32>; 4]>,
}

/// The file that a training keeps its state in.
#[derive(Debug, Clone)]
pub struct Keeper {
    path: PathBuf,
    /// What the training is of: a file of another training is none of this one's.
    key: u64,
}

impl Keeper {
    /// The file `OUT.part` beside the model file that is to be. `key` tells one training from another.
    pub fn new(out: &Path, key: u64) -> Self {
        let mut path = out.as_os_str().to_owned();
        path.push(".part");
        Self { path: path.into(), key }
    }

    /// Where this very training was broken off; `None` where it was not, or another one was.
    ///
    /// # Errors
    /// When the file is damaged; the text says what to do.
    pub fn load(&self, initial: &[Parameter]) -> Result<Option<Checkpoint>, String> {
        let file = match File::open(&self.path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(format!("{}: {error}", self.path.display())),
        };
        let of_file = |error| format!("{}: {error}; delete it to start the training anew", self.path.display());
        self.read(GzDecoder::new(BufReader::new(file)), initial).map_err(of_file)
    }

    fn read(&self, mut from: impl Read, initial: &[Parameter]) -> io::Result<Option<Checkpoint>> {
        let mut word = [0; 8];
        let mut next = |from: &mut dyn Read| {
            from.read_exact(&mut word)?;
            Ok::<u64, io::Error>(u64::from_le_bytes(word))
        };
        if next(&mut from)? != self.key {
            return Ok(None);
        }
        let (epochs, steps, random) = (next(&mut from)? as usize, next(&mut from)? as i32, next(&mut from)?);
        let mut numbers = Vec::with_capacity(initial.len());
        for parameter in initial {
            let mut vector = || {
                let mut bytes = vec![0; 4 * parameter.values.len()];
                from.read_exact(&mut bytes)?;
                let floats = bytes.as_chunks().0.iter().map(|bytes| f32::from_le_bytes(*bytes));
                Ok::<Vec<f32>, io::Error>(floats.collect())
            };
            numbers.push([vector()?, vector()?, vector()?, vector()?]);
        }
        // The checksum stands at the end.
        if from.read(&mut [0])? > 0 {
            return Err(io::Error::other("it is longer than it should be"));
        }
        Ok(Some(Checkpoint { epochs, steps, random: Random::new(random), numbers }))
    }

    /// Keeps where the training stands, in place of what was kept before.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn save(&self, checkpoint: &Checkpoint) -> io::Result<()> {
        let new = self.path.with_extension("new");
        let mut out = GzEncoder::new(BufWriter::new(File::create(&new)?), Compression::fast());
        let heads =
            [self.key, checkpoint.epochs as u64, u64::from(checkpoint.steps.unsigned_abs()), checkpoint.random.state()];
        for head in heads {
            out.write_all(&head.to_le_bytes())?;
        }
        for vector in checkpoint.numbers.iter().flatten() {
            let bytes: Vec<u8> = vector.iter().flat_map(|number| number.to_le_bytes()).collect();
            out.write_all(&bytes)?;
        }
        out.finish()?.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
        fs::rename(new, &self.path)
    }

    /// Forgets the training, which is done.
    pub fn remove(&self) {
        drop(fs::remove_file(&self.path));
    }
}

/// Adds a number to a key: FNV-1a, whose result is the same on every machine.
pub fn mixed(key: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(key, |key, byte| (key ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn initial() -> Vec<Parameter> {
        vec![Parameter { name: "a".to_owned(), shape: vec![3], values: vec![0.0; 3] }]
    }

    #[test]
    fn a_training_is_found_again_and_no_other_one_is() {
        let out = std::env::temp_dir().join(format!("whosaid-checkpoint-{}", std::process::id()));
        let keeper = Keeper::new(&out, 7);
        assert_eq!(keeper.load(&initial()), Ok(None), "nothing was kept");
        let mut random = Random::new(5);
        random.next();
        let vector = |first: f32| vec![first, -1.5, 3e-9];
        let kept = Checkpoint {
            epochs: 2,
            steps: 40,
            random,
            numbers: vec![[vector(0.0), vector(1.0), vector(2.0), vector(3.0)]],
        };
        keeper.save(&kept).expect("written");
        assert_eq!(keeper.load(&initial()), Ok(Some(kept)));
        assert_eq!(Keeper::new(&out, 8).load(&initial()), Ok(None), "another training's");
        let whole = fs::read(&keeper.path).expect("the file");
        for length in [0, 5, whole.len() / 2, whole.len() - 1] {
            fs::write(&keeper.path, &whole[..length]).expect("written");
            let error = keeper.load(&initial()).expect_err("part of a file");
            assert!(error.contains("delete it"), "{error}");
        }
        keeper.remove();
        assert_eq!(keeper.load(&initial()), Ok(None));
    }
}
