//! How sure it is that a claim's speaker is the right one.
//!
//! The numbers are shares of right speakers, counted on the articles with gold speakers and the short cases (1,322 claims):
//! 99.8 % by a full name, 97 % by a part of one, by a pronoun 94 % where its share is near 1 and 60 % where it is 0.7, 90 %
//! by a role that is somebody's, 65 % where only one fits a description, and 68 % where the words name nobody.

use crate::claim::Claim;
use crate::entity::to_thousandths;

/// How a claim got its speaker.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Way {
    /// By a name in full.
    FullName,
    /// By a part of a name.
    PartOfName,
    /// By a pronoun, with the ranker's share.
    Pronoun(f32),
    /// By a description of somebody who is named, with how sure that is.
    Description(f32),
    /// By words that name nobody: the speaker has no other name.
    Unnamed,
}

/// A quotation that goes on from a claim is as sure as this share of it.
const GOES_ON: f32 = 0.9;

/// A claim without a cue is no surer than this: only who stands beside it tells who speaks.
const WITHOUT_CUE: f32 = 0.8;

/// How sure the speaker of a continued claim is, given how sure the speaker of the claim before it is.
pub(crate) fn goes_on(before: f32) -> f32 {
    to_thousandths(GOES_ON * before)
}

/// How sure a claim's speaker is. `before` is how sure the speaker of the claim is that this one continues.
pub(super) fn speaker_confidence(claim: &Claim, way: Option<Way>, before: Option<f32>) -> f32 {
    if let Some(before) = before {
        return goes_on(before);
    }
    let confidence = match way {
        Some(Way::FullName) => 0.98,
        Some(Way::PartOfName) => 0.96,
        // Products, not a power: they round alike in WebAssembly and natively.
        Some(Way::Pronoun(share)) => 0.5 + 0.45 * (share * share) * (share * share) * share,
        Some(Way::Description(share)) if share > 0.65 => (share + 0.1).min(0.9),
        Some(Way::Description(share)) => share,
        Some(Way::Unnamed) => 0.65,
        None => 0.5,
    };
    if claim.cue.is_some() { confidence } else { confidence.min(WITHOUT_CUE) }
}

#[cfg(test)]
mod tests {
    use crate::analysis::fixture::analysis;

    /// How sure the speakers of a marked-up text's claims are.
    fn confidences(marked: &str) -> Vec<f32> {
        analysis(marked).1.claims.iter().map(|claim| claim.speaker_confidence).collect()
    }

    #[test]
    fn guesses_say_so() {
        let table: [(&str, &[f32]); 5] = [
            ("{s {p Anna Berg}} {c said} {t no}. {s {p Berg}} {c said} {t so twice}.", &[0.98, 0.96]),
            ("{p Anna Berg} left. {s She} {c said} {t no}.", &[0.95]),
            ("{s A nurse} {c said} {t no}.", &[0.65]),
            // It goes on, and nobody is told to speak.
            (
                "They met.\n\n{t “Rents rise,”} {c said} {s {p Anna Berg}}.\n\n“They will rise in May too.”",
                &[0.98, 0.882],
            ),
            ("They met.\n\nIt rained. “They will rise in May too.”", &[0.0]),
        ];
        for (text, expected) in table {
            assert_eq!(confidences(text), expected, "{text}");
        }
    }
}
