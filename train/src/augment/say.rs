//! "Berg said" and "said Berg"; other verbs of saying in their place.

use std::ops::Range;

use whosaid::lang::{ENGLISH, row};

use crate::corpus::{Attribution, Edits, Sample, exchange};
use crate::random::Random;

/// Words of verbs that take what "said", "says", "say", "saying" take.
const SAYING: [[&str; 4]; 26] = [
    ["said", "says", "say", "saying"],
    ["added", "adds", "add", "adding"],
    ["admitted", "admits", "admit", "admitting"],
    ["announced", "announces", "announce", "announcing"],
    ["argued", "argues", "argue", "arguing"],
    ["asserted", "asserts", "assert", "asserting"],
    ["claimed", "claims", "claim", "claiming"],
    ["conceded", "concedes", "concede", "conceding"],
    ["confirmed", "confirms", "confirm", "confirming"],
    ["contended", "contends", "contend", "contending"],
    ["declared", "declares", "declare", "declaring"],
    ["explained", "explains", "explain", "explaining"],
    ["insisted", "insists", "insist", "insisting"],
    ["joked", "jokes", "joke", "joking"],
    ["maintained", "maintains", "maintain", "maintaining"],
    ["noted", "notes", "note", "noting"],
    ["observed", "observes", "observe", "observing"],
    ["predicted", "predicts", "predict", "predicting"],
    ["reckoned", "reckons", "reckon", "reckoning"],
    ["recalled", "recalls", "recall", "recalling"],
    ["remarked", "remarks", "remark", "remarking"],
    ["replied", "replies", "reply", "replying"],
    ["stated", "states", "state", "stating"],
    ["stressed", "stresses", "stress", "stressing"],
    ["warned", "warns", "warn", "warning"],
    ["wrote", "writes", "write", "writing"],
];

/// The same for "told": a listener follows.
const TELLING: [[&str; 4]; 5] = [
    ["told", "tells", "tell", "telling"],
    ["assured", "assures", "assure", "assuring"],
    ["informed", "informs", "inform", "informing"],
    ["reminded", "reminds", "remind", "reminding"],
    ["warned", "warns", "warn", "warning"],
];

/// How many words a source may have to stand after its verb as well as before it.
const SHORT: usize = 5;

/// Some cues of one word become another verb.
pub(super) fn reword(sample: &Sample, random: &mut Random) -> Sample {
    let mut edits = Edits::default();
    for attribution in sample.attributions.iter().flatten() {
        let [cue] = &attribution.cue[..] else { continue };
        let word = &sample.text[cue.clone()];
        let common = matches!(word, "said" | "says" | "say" | "saying" | "told" | "tells" | "tell" | "telling");
        let new = [&SAYING[..], &TELLING[..]].into_iter().find_map(|verbs| {
            let form = verbs.iter().find_map(|verb| verb.iter().position(|form| *form == word))?;
            // The rare become "said" as often as not; of the common ones a third become rare.
            if common { random.pick(&verbs[1..]).map(|verb| verb[form]) } else { Some(verbs[0][form]) }
        });
        if let Some(new) = new.filter(|_| random.chance(if common { 0.35 } else { 0.25 })) {
            edits.replace(cue.clone(), new);
        }
    }
    edits.apply(sample)
}

/// In some sentences the source and its verb change places, where what is said stands before both.
pub(super) fn turn(sample: &Sample, random: &mut Random) -> Sample {
    let mut turned = sample.clone();
    for index in 0..sample.attributions.as_ref().map_or(0, Vec::len) {
        let Some(attribution) = turned.attributions.as_ref().and_then(|all| all.get(index)) else { continue };
        let Some((first, second)) = turnable(&turned.text, attribution) else { continue };
        if random.chance(0.4)
            && let Some(next) = exchange(&turned, &first, &second)
        {
            turned = next;
        }
    }
    turned
}

/// Source and verb in their order, if they may change places.
fn turnable(text: &str, attribution: &Attribution) -> Option<(Range<usize>, Range<usize>)> {
    let ([source], [cue], Some(content)) = (&attribution.source[..], &attribution.cue[..], attribution.content.last())
    else {
        return None;
    };
    let is_past = SAYING.iter().any(|verb| verb[..2].contains(&&text[cue.clone()]));
    let words = text[source.clone()].split(' ').collect::<Vec<_>>();
    let is_name = words.len() <= SHORT
        && words.first().is_some_and(|word| {
            row(ENGLISH.function_words, &word.to_lowercase()).is_none_or(|[_, class]| *class == "determiner")
        });
    let (first, second) = if source.start < cue.start { (source, cue) } else { (cue, source) };
    let ends_clause = text[second.end..].starts_with(['.', ',', ';', ':', '\n']) || text.len() == second.end;
    let after_content = content.end <= first.start
        && text[..first.start].trim_end().ends_with(['”', '"', '’', '\'', ',', '?', '!'])
        && !text[content.end..first.start].contains('\n');
    let fits = is_past && is_name && ends_clause && after_content && &text[first.end..second.start] == " ";
    fits.then(|| (first.clone(), second.clone()))
}

#[cfg(test)]
#[expect(clippy::single_range_in_vec_init, reason = "a part of an attribution often has one place")]
mod tests {
    use super::*;
    use crate::corpus::Corpus;

    fn sample(text: &str, [content, source, cue]: [&str; 3]) -> Sample {
        let at = |part: &str| {
            let start = text.find(part).expect("it stands there");
            vec![start..start + part.len()]
        };
        let attribution = Attribution { source: at(source), cue: at(cue), content: at(content) };
        Sample { attributions: Some(vec![attribution]), ..Sample::plain(Corpus::Polnear, text) }
    }

    fn parts(sample: &Sample) -> [&str; 3] {
        let attribution = &sample.attributions.as_ref().expect("attributions")[0];
        [&attribution.content, &attribution.source, &attribution.cue].map(|places| &sample.text[places[0].clone()])
    }

    #[test]
    fn source_and_verb_change_places() {
        let turns = [
            ("“We won,” Anna Berg said.", ["“We won,”", "Anna Berg", "said"], "“We won,” said Anna Berg."),
            ("“We won,” said the mayor, 40.", ["“We won,”", "the mayor", "said"], "“We won,” the mayor said, 40."),
            ("“We won,” she said.", ["“We won,”", "she", "said"], "“We won,” she said."),
            ("Anna Berg said, “We won.”", ["“We won.”", "Anna Berg", "said"], "Anna Berg said, “We won.”"),
            ("“We won,” Berg said on Monday.", ["“We won,”", "Berg", "said"], "“We won,” Berg said on Monday."),
        ];
        for (before, marked, after) in turns {
            let sample = sample(before, marked);
            let texts: Vec<Sample> = (0..40).map(|seed| turn(&sample, &mut Random::new(seed))).collect();
            assert!(texts.iter().any(|turned| turned.text == after), "{before}");
            for turned in texts {
                assert!([before, after].contains(&turned.text.as_str()), "{}", turned.text);
                assert_eq!(parts(&turned), marked);
            }
        }
    }

    #[test]
    fn a_verb_keeps_its_form() {
        let sample = sample("Berg says we won.", ["we won", "Berg", "says"]);
        for seed in 0..40 {
            let reworded = reword(&sample, &mut Random::new(seed));
            let [content, source, cue] = parts(&reworded);
            assert_eq!((content, source), ("we won", "Berg"));
            assert!(SAYING.iter().any(|verb| verb[1] == cue), "{cue}");
        }
    }
}
