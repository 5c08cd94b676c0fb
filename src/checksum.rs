//! Checksums of files: the remainder of their bits after a polynomial (CRC-32).
//!
//! The crates for this bring tables of 16 kB each, which no compression makes smaller; these tables are made when they are used.

/// Ethernet's and zip's: the model file has it.
pub(crate) const ISO: u32 = 0xedb8_8320;
/// Castagnoli's: finite state maps have it.
pub(crate) const CASTAGNOLI: u32 = 0x82f6_3b78;

/// Bytes that are taken in one step.
const STEP: usize = 8;

/// The checksum of some bytes by a polynomial, whose bits are given from the lowest power on.
pub(crate) fn checksum(polynomial: u32, bytes: &[u8]) -> u32 {
    let tables = tables(polynomial);
    let steps = bytes.chunks_exact(STEP);
    let rest = steps.remainder();
    let sum = steps.fold(u32::MAX, |sum, step| {
        let begun = sum.to_le_bytes();
        let mixed = |place: usize| step[place] ^ begun.get(place).copied().unwrap_or(0);
        (0..STEP).fold(0, |sum, place| sum ^ tables[STEP - 1 - place][usize::from(mixed(place))])
    });
    !rest.iter().fold(sum, |sum, &byte| tables[0][usize::from(sum as u8 ^ byte)] ^ (sum >> 8))
}

/// What each byte does to the sum when so many others follow it in its step.
fn tables(polynomial: u32) -> [[u32; 256]; STEP] {
    let shifted = |sum: u32| (sum >> 1) ^ if sum & 1 == 1 { polynomial } else { 0 };
    let mut tables = [[0; 256]; STEP];
    tables[0] = std::array::from_fn(|byte| (0..8).fold(byte as u32, |sum, _| shifted(sum)));
    for follow in 1..STEP {
        tables[follow] = tables[follow - 1].map(|sum| tables[0][usize::from(sum as u8)] ^ (sum >> 8));
    }
    tables
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksums_are_the_catalogue_s() {
        assert_eq!(checksum(ISO, b"123456789"), 0xcbf4_3926);
        assert_eq!(checksum(CASTAGNOLI, b"123456789"), 0xe306_9283);
        assert_eq!(checksum(ISO, b""), 0);
    }

    #[test]
    fn every_length_counts_all_bytes() {
        let bytes: Vec<u8> = (0..100_u8).map(|number| number.wrapping_mul(37)).collect();
        let slow = |bytes: &[u8]| {
            let add = |sum: u32, byte: &u8| {
                (0..8).fold(sum ^ u32::from(*byte), |sum, _| (sum >> 1) ^ if sum & 1 == 1 { ISO } else { 0 })
            };
            !bytes.iter().fold(u32::MAX, add)
        };
        for length in 0..bytes.len() {
            assert_eq!(checksum(ISO, &bytes[..length]), slow(&bytes[..length]), "{length} bytes");
        }
    }
}
