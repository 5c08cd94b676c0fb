//! What holds for every change.

use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;
use crate::corpus::{Attribution, Entity, Label};
use whosaid::lang::ENGLISH;

static AUGMENTER: LazyLock<Augmenter> = LazyLock::new(|| {
    let lists = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src/lang/en/lists");
    Augmenter::new(&lists, &[]).expect("the lists")
});

/// What stands behind a name that is no part of it. "Said" is a family name too, and may be the one that is put in.
const BEHIND: &str = "stated";

/// An article in which every marked place can be known again: names are of Bergs and Linds, contents are numbers.
fn article(corpus: Corpus) -> Sample {
    let mut text = String::from("Senate votes on 1000.\n\n");
    let mut attributions = Vec::new();
    let mut entities = Vec::new();
    for number in 0..30 {
        let mut push = |part: &str| {
            let start = text.len();
            text.push_str(part);
            start..text.len()
        };
        let content = push(&format!("“The U.S. will have {}{number},”", 10 + number));
        push(" ");
        let source = push(if number % 3 == 0 { "Anna Berg" } else { "Mr. Lind" });
        push(" ");
        let cue = push(if corpus == Corpus::Polnear { "said" } else { BEHIND });
        push(". ");
        let second = push("Acme");
        push(&format!(" didn’t pay a senator ${number}{}", if number % 2 == 0 { ".\n\n" } else { ". " }));
        entities.push(Entity { bytes: source.clone(), label: Label::Person });
        entities.push(Entity { bytes: second, label: Label::Organisation });
        attributions.push(Attribution { source: vec![source], cue: vec![cue], content: vec![content] });
    }
    let sample = Sample::plain(corpus, &text);
    match corpus {
        Corpus::Polnear => Sample { attributions: Some(attributions), guesses: entities, ..sample },
        _ => Sample { entities: Some(entities), ..sample },
    }
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_marked_stays_marked(seed in any::<u64>()) {
        let before = article(Corpus::Polnear);
        let after = AUGMENTER.change(&before, &mut Random::new(seed));
        let attributions = after.attributions.as_ref().expect("attributions");
        let slice = |places: &[std::ops::Range<usize>]| places.iter().map(|place| &after.text[place.clone()]).collect::<String>();
        for attribution in attributions {
            let (content, source, cue) =
                (slice(&attribution.content), slice(&attribution.source), slice(&attribution.cue));
            prop_assert!(cue.chars().all(char::is_alphabetic), "{cue}");
            prop_assert!(source.is_empty() || !source.contains(['“', '.']) || source.starts_with("Mr.") || source.starts_with("MR."), "{source}");
            prop_assert!(content.is_empty() || content.trim() == content && content.contains(',') && digits(&content).len() > 2, "{content}");
        }
        let numbers = digits(&before.text);
        prop_assert!(numbers.contains(&digits(&after.text)), "the order of what is said stays");
    }

    #[test]
    fn names_stay_marked(seed in any::<u64>()) {
        let before = article(Corpus::Conll);
        let after = AUGMENTER.change(&before, &mut Random::new(seed));
        let mut end = 0;
        for entity in after.entities.as_ref().expect("names") {
            let name = &after.text[entity.bytes.clone()];
            prop_assert!(entity.bytes.start >= end && name.trim() == name, "{name}");
            prop_assert!(!name.contains(['“', '”', '$', '\n']) && !name.split_whitespace().any(|word| word.eq_ignore_ascii_case(BEHIND)), "{name}");
            prop_assert_eq!(entity.label == Label::Organisation, name.eq_ignore_ascii_case("Acme"), "{}", name);
            end = entity.bytes.end;
        }
    }

    #[test]
    fn chance_is_the_seeds(seed in any::<u64>()) {
        let sample = article(Corpus::Polnear);
        let twice = [(); 2].map(|()| AUGMENTER.augment(&sample, &mut Random::new(seed)));
        prop_assert_eq!(&twice[0], &twice[1]);
    }
}

#[test]
fn other_marks_leave_the_tokens() {
    let before = article(Corpus::Polnear);
    let plain = |text: &str| text.replace(['“', '”', '‘', '’', '"', '\''], "'");
    let words = |text: &str| {
        let article = whosaid::text::Article::new(text, &ENGLISH);
        (0..article.tokens.len()).map(|token| plain(article.word(token))).collect::<Vec<_>>()
    };
    let mut texts = std::collections::BTreeSet::new();
    for seed in 0..40 {
        let after = mark::restyle(&before, &mut Random::new(seed));
        assert_eq!(words(&before.text), words(&after.text));
        texts.insert(after.text);
    }
    assert_eq!(texts.len(), 4);
}

#[test]
fn half_of_all_samples_stay() {
    let sample = article(Corpus::Polnear);
    let mut random = Random::new(3);
    let same = (0..400).filter(|_| AUGMENTER.augment(&sample, &mut random) == sample).count();
    assert!((170..240).contains(&same), "{same}");
}
