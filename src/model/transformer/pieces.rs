//! Tokens -> pieces of words: `WordPiece` (Schuster and Nakajima 2012; as BERT has it), on each token by itself.

use fst::Map;

use crate::lexis::verified;
use crate::model::file::{File, ModelError};

/// The section that a model file with a transformer has, and one without has not.
pub(super) const PIECES: &str = "transformer.pieces";

/// The most pieces of a token that are read.
const MOST: usize = 4;

/// A longer word, in bytes, is not cut but unknown.
const LONGEST_WORD: usize = 200;

/// In the value of a letter, the bit that says that it stands alone.
pub const ALONE: u64 = 1 << 63;

/// How many bits of it each of the characters has that are written in its place, the first in the lowest.
pub const CHARACTER: u32 = 21;

/// The pieces that a transformer knows.
#[derive(Debug, Clone)]
pub(super) struct Pieces {
    /// The row of each piece; those that go on a word start with `##`.
    rows: Map<Vec<u8>>,
    /// Of a character beyond ASCII, up to three that are written for it, 21 bits each, and [`ALONE`]: without accents, in
    /// lower case. A character that is not here is itself.
    letters: Map<Vec<u8>>,
    start: u32,
    end: u32,
    unknown: u32,
}

impl Pieces {
    /// `transformer.pieces` and `transformer.letters`.
    pub(super) fn new(file: &File) -> Result<Self, ModelError> {
        let map = |name: &str| Ok::<_, ModelError>(verified(file.bytes(name)?.to_vec())?);
        let rows = map(PIECES)?;
        let special = |piece: &str| {
            let missing = || {
                let found = format!("without \"{piece}\"");
                ModelError::Misshapen(PIECES.to_owned(), found, "it".to_owned())
            };
            rows.get(piece).filter(|&row| row < rows.len() as u64).map(|row| row as u32).ok_or_else(missing)
        };
        Ok(Self {
            start: special("<s>")?,
            end: special("</s>")?,
            unknown: special("[UNK]")?,
            letters: map("transformer.letters")?,
            rows,
        })
    }

    /// How many pieces there are.
    pub(super) fn count(&self) -> usize {
        self.rows.len()
    }

    /// The rows of a window's pieces, at most `longest`, with one at each end, and of each token which is its first.
    pub(super) fn window<'w>(&self, words: impl Iterator<Item = &'w str>, longest: usize) -> (Vec<u32>, Vec<usize>) {
        let (mut ids, mut firsts) = (vec![self.start], Vec::new());
        let (mut plain, mut own) = (String::new(), Vec::new());
        for word in words {
            own.clear();
            self.cut(word, &mut plain, &mut own);
            // What does not fit any more is read by its start, or as its neighbour.
            let room = longest - 2;
            let fitting = if ids.len() + own.len() <= room { own.len() } else { usize::from(ids.len() <= room) };
            firsts.push(ids.len().min(longest - 1));
            ids.extend(&own[..fitting]);
        }
        ids.truncate(longest - 1);
        ids.push(self.end);
        let last = ids.len() - 1;
        for first in &mut firsts {
            *first = last.min(*first);
        }
        (ids, firsts)
    }

    /// The rows of a token's first pieces: one at least.
    fn cut(&self, token: &str, plain: &mut String, out: &mut Vec<u32>) {
        plain.clear();
        let mut is_open = false;
        for character in token.chars() {
            let letter = if character.is_ascii() { None } else { self.letters.get(character.encode_utf8(&mut [0; 4])) };
            let alone = letter.map_or_else(|| character.is_ascii_punctuation(), |letter| letter & ALONE != 0);
            if alone && is_open {
                self.cut_word(plain, out);
                plain.clear();
            }
            match letter {
                Some(letter) => plain.extend((0..3).filter_map(|place| {
                    let code = (letter >> (CHARACTER * place)) as u32 & ((1 << CHARACTER) - 1);
                    char::from_u32(code).filter(|&character| character != '\0')
                })),
                None => plain.push(character.to_ascii_lowercase()),
            }
            if alone {
                self.cut_word(plain, out);
                plain.clear();
            }
            is_open = !plain.is_empty();
        }
        if is_open {
            self.cut_word(plain, out);
        }
        out.truncate(MOST);
        if out.is_empty() {
            out.push(self.unknown);
        }
    }

    /// Adds the pieces of a word, the longest first from its start on: none of them where one is unknown.
    fn cut_word(&self, word: &str, out: &mut Vec<u32>) {
        let before = out.len();
        let mut rest = word;
        let mut piece = String::new();
        while !rest.is_empty() && word.len() <= LONGEST_WORD {
            let ends = rest.char_indices().map(|(at, character)| at + character.len_utf8());
            let known = ends.rev().find_map(|end| {
                piece.clear();
                piece.push_str(if rest.len() < word.len() { "##" } else { "" });
                piece.push_str(&rest[..end]);
                self.rows.get(&piece).map(|row| (end, row as u32))
            });
            let Some((end, row)) = known.filter(|&(_, row)| (row as usize) < self.count()) else { break };
            out.push(row);
            rest = &rest[end..];
        }
        if !rest.is_empty() {
            out.truncate(before);
            out.push(self.unknown);
        }
    }
}
