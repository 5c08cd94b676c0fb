//! Plain sentences that the committed model must read right, whichever training it comes from: the figures of
//! `whosaid evaluate` say how well it reads, this says that it reads at all.

#![cfg(not(target_arch = "wasm32"))]

use std::sync::LazyLock;

use whosaid::correction::{Edit, Target};
use whosaid::scheme::{
    ClaimForm::{self, Direct, Indirect},
    Label, Mark,
};
use whosaid::{Annotator, Correction, Mention, Options, Span, Units};

static ANNOTATOR: LazyLock<Annotator> =
    LazyLock::new(|| Annotator::new(include_bytes!("../src/lang/en/model.bin")).expect("the model of this repository"));

/// A claim: its source, a word of its cue, what is said, how.
type Claim = (&'static str, &'static str, &'static [&'static str], ClaimForm);

const TABLE: &[(&str, &[Claim])] = &[
    // Quoted, in marks of each sort.
    ("“Rents will rise,” said Anna Berg.", &[("Anna Berg", "said", &["Rents will rise"], Direct)]),
    ("\"Rents will rise,\" said Anna Berg.", &[("Anna Berg", "said", &["Rents will rise"], Direct)]),
    ("‘Rents will rise,’ said Anna Berg.", &[("Anna Berg", "said", &["Rents will rise"], Direct)]),
    ("'Rents will rise,' said Anna Berg.", &[("Anna Berg", "said", &["Rents will rise"], Direct)]),
    ("“Rents will rise,” Anna Berg said on Monday.", &[("Anna Berg", "said", &["Rents will rise"], Direct)]),
    ("“Rents,” said Anna Berg, “will rise.”", &[("Anna Berg", "said", &["Rents", "will rise"], Direct)]),
    ("“Rents will rise,” she said.", &[("she", "said", &["Rents will rise"], Direct)]),
    ("Anna Berg said: “Rents will rise.”", &[("Anna Berg", "said", &["Rents will rise"], Direct)]),
    ("Anna Berg added: “Nobody was told.”", &[("Anna Berg", "added", &["Nobody was told"], Direct)]),
    (
        "“We are not afraid,” said Carl Lind, a spokesman for the union. “We will strike again.”",
        &[("Carl Lind, a spokesman for the union", "said", &["We are not afraid", "We will strike again"], Direct)],
    ),
    // Told.
    ("Anna Berg said that rents will rise.", &[("Anna Berg", "said", &["that rents will rise"], Indirect)]),
    ("Anna Berg said rents would rise in May.", &[("Anna Berg", "said", &["rents would rise in May"], Indirect)]),
    ("Rents will rise next year, Anna Berg said.", &[("Anna Berg", "said", &["Rents will rise next year"], Indirect)]),
    ("Anna Berg told reporters that rents will rise.", &[("Anna Berg", "told", &["that rents will rise"], Indirect)]),
    ("Rents will rise, according to Anna Berg.", &[("Anna Berg", "according", &["Rents will rise"], Indirect)]),
    ("According to Anna Berg, rents will rise.", &[("Anna Berg", "According", &["rents will rise"], Indirect)]),
    ("Anna Berg warned that rents could double.", &[("Anna Berg", "warned", &["that rents could double"], Indirect)]),
    (
        "The company said in a statement that it would appeal.",
        &[("The company", "said", &["that it would appeal"], Indirect)],
    ),
    (
        "Police said two men were arrested on Monday.",
        &[("Police", "said", &["two men were arrested on Monday"], Indirect)],
    ),
    (
        "The mayor, Anna Berg, denied that rents would rise.",
        &[("The mayor, Anna Berg", "denied", &["that rents would rise"], Indirect)],
    ),
    // A headline, and who says two things in a paragraph.
    (
        "Rents will rise, says Anna Berg\n\nThe council met on Monday to talk about the budget. It will meet again in May.",
        &[("Anna Berg", "says", &["Rents will rise"], Indirect)],
    ),
    (
        "Anna Berg said that rents will rise. “Nobody was told,” said Carl Lind.",
        &[
            ("Anna Berg", "said", &["that rents will rise"], Indirect),
            ("Carl Lind", "said", &["Nobody was told"], Direct),
        ],
    ),
    // Nobody says anything.
    ("The bridge opened on Monday. It cost $40 million and took three years to build.", &[]),
    ("The town has 3,000 people and a harbour. It was founded in 1850.", &[]),
];

/// Words without the marks around them, which are no matter of understanding.
fn bare(text: &str) -> &str {
    text.trim_matches(|character: char| !character.is_alphanumeric())
}

#[test]
fn plain_sentences_are_read_right() {
    let mut wrong = Vec::new();
    for (text, expected) in TABLE {
        let analysis = ANNOTATOR.annotate(text, &Options::default());
        let units = Units::new(text);
        let words = |span: Option<Span>| span.map_or("", |span| bare(units.slice(span)));
        let found: Vec<_> = analysis
            .claims
            .iter()
            .map(|claim| {
                let content: Vec<&str> = claim.content.iter().map(|&span| bare(units.slice(span))).collect();
                (words(claim.source), words(claim.cue), content, claim.form)
            })
            .collect();
        let fits = found.len() == expected.len()
            && found.iter().zip(*expected).all(|(found, &(source, cue, content, form))| {
                let has_cue = found.1.split(' ').any(|word| word == cue);
                (found.0, &found.2[..], found.3) == (source, content, form) && has_cue
            });
        if !fits {
            wrong.push(format!("{text}\n  found    {found:?}\n  expected {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn persons_are_named() {
    for text in ["“Rents will rise,” said Anna Berg.", "Anna Berg met Carl Lind in London on Monday, officials said."]
    {
        let analysis = ANNOTATOR.annotate(text, &Options::default());
        let units = Units::new(text);
        let named = |name: &str| {
            let is_person = |mention: &&Mention| mention.label == Label::Person;
            analysis.mentions.iter().filter(is_person).any(|mention| units.slice(mention.span) == name)
        };
        for name in ["Anna Berg", "Carl Lind"] {
            assert_eq!(named(name), text.contains(name), "{name} in {text}: {:?}", analysis.mentions);
        }
    }
}

#[test]
fn a_place_that_is_made_an_institution_is_not_one_whose_name_ends_with_it() {
    let text = "The station is safe, said BBC Radio Wales. The cuts go too far, Wales said on Monday.";
    let start = text.rfind("Wales").expect("it stands there") as u32;
    let target = Target { start, end: start + 5, exact: "Wales".to_owned(), ..Target::default() };
    let found = ANNOTATOR.annotate(text, &Options::default());
    let is_marked = |mention: &&Mention| mention.span.start == start;
    let before = found.mentions.iter().find(is_marked).map(|mention| mention.label);
    let edit = match before {
        Some(Label::Place) => Edit::Relabel { target, mark: Mark::Place, to: Mark::Institution, everywhere: false },
        _ => Edit::Add { target, mark: Mark::Institution, everywhere: false },
    };
    let correction =
        Correction { id: "me:1".to_owned(), actor: "me".to_owned(), lamport: 1, time: String::new(), edit };
    let revised = ANNOTATOR.correct(text, &found, &[correction]).analysis;
    let mention = revised.mentions.iter().find(is_marked).expect("it is marked");
    assert_eq!(mention.label, Label::Institution);
    let speaker = &revised.speakers[mention.speaker.expect("it has an entry") as usize];
    assert_eq!(speaker.name, "Wales");
}

#[test]
fn who_wrote_the_article_is_not_among_its_people() {
    let text = "Harbour to be rebuilt\nBy Maria Lindqvist in Port Arden\n\nThe council voted on Monday to rebuild the \
                harbour.\n\n“We will not raise taxes,” said Anna Berg, the city’s finance director.\n";
    let names = |text: &str| -> Vec<String> {
        ANNOTATOR.annotate(text, &Options::default()).speakers.into_iter().map(|speaker| speaker.name).collect()
    };
    assert_eq!(names(text).iter().filter(|name| *name == "Maria Lindqvist").count(), 0, "{:?}", names(text));
    // Unless the article speaks of her as well.
    let with = format!("{text}\n“I was there,” Lindqvist said.\n");
    assert!(names(&with).iter().any(|name| name.contains("Lindqvist")), "{:?}", names(&with));
}

/// Twenty sentences of these sorts were written before anything was tried; the six that are not read so are left out:
/// "…, according to state television", "told his officers to hold", "said the driver shouted “Look out!” before", "The doctor
/// warned, ‘…,’ but", "said a guard yelled “Get out!” and", "told a friend “I am finished” on".
#[test]
fn a_claim_holds_the_claim_that_it_tells() {
    let table: [(&str, [&str; 2]); 14] = [
        (
            "According to The Harbour Post, officials said the bridge is unsafe.",
            ["The Harbour Post: officials said the bridge is unsafe", "officials: the bridge is unsafe"],
        ),
        (
            "According to Reuters, the finance minister told lawmakers that the tax would rise in May.",
            [
                "Reuters: the finance minister told lawmakers that the tax would rise in May",
                "the finance minister: that the tax would rise in May",
            ],
        ),
        (
            "According to court documents, Mr Lind told police that he had slept in his car.",
            [
                "court documents: Mr Lind told police that he had slept in his car",
                "Mr Lind: that he had slept in his car",
            ],
        ),
        (
            "According to a report in Le Monde, two ministers said they would resign.",
            ["a report in Le Monde: two ministers said they would resign", "two ministers: they would resign"],
        ),
        (
            "According to the newspaper, residents said the water had tasted of metal for weeks.",
            [
                "the newspaper: residents said the water had tasted of metal for weeks",
                "residents: the water had tasted of metal for weeks",
            ],
        ),
        (
            "Officials said that China was the main suspect, according to The Harbour Post.",
            [
                "The Harbour Post: Officials said that China was the main suspect",
                "Officials: that China was the main suspect",
            ],
        ),
        (
            "The company said it would close three plants by the summer, according to people briefed on the matter.",
            [
                "people briefed on the matter: The company said it would close three plants by the summer",
                "The company: it would close three plants by the summer",
            ],
        ),
        (
            "Prices had doubled, analysts said, according to Acme Bank.",
            ["Acme Bank: Prices had doubled, analysts said", "analysts: Prices had doubled"],
        ),
        (
            "“We will not pay,” the minister said, according to The Harbour Post.",
            ["The Harbour Post: “We will not pay,” the minister said", "the minister: “We will not pay,”"],
        ),
        (
            "The driver said he had not seen the sign, according to the police report.",
            ["the police report: The driver said he had not seen the sign", "The driver: he had not seen the sign"],
        ),
        (
            "“The foreman told us, ‘I will not stop the line.’ So we walked out,” said Ivo Mraz, a driver.",
            [
                "Ivo Mraz, a driver: “The foreman told us, ‘I will not stop the line.’ So we walked out,”",
                "The foreman: ‘I will not stop the line.’",
            ],
        ),
        (
            "“My mother always said, ‘Never trust a bank.’ She was right,” Anna Berg told the court.",
            [
                "Anna Berg: “My mother always said, ‘Never trust a bank.’ She was right,”",
                "My mother: ‘Never trust a bank.’",
            ],
        ),
        (
            "“When I rang the bank, the clerk said, ‘Your account is closed.’ That was all,” said Ruth Ammann.",
            [
                "Ruth Ammann: “When I rang the bank, the clerk said, ‘Your account is closed.’ That was all,”",
                "the clerk: ‘Your account is closed.’",
            ],
        ),
        (
            "“The mayor wrote to us: ‘There is no money.’ We did not believe him,” said Peter Holm, a teacher.",
            [
                "Peter Holm, a teacher: “The mayor wrote to us: ‘There is no money.’ We did not believe him,”",
                "The mayor: ‘There is no money.’",
            ],
        ),
    ];
    for (text, expected) in table {
        let analysis = ANNOTATOR.annotate(text, &Options::default());
        let units = Units::new(text);
        let shown = analysis.claims.iter().map(|claim| {
            let content: Vec<&str> = claim.content.iter().map(|&part| units.slice(part)).collect();
            format!("{}: {}", claim.source.map_or("", |source| units.slice(source)), content.join(" … "))
        });
        assert_eq!(shown.collect::<Vec<_>>(), expected);
        assert_eq!(analysis.claims.iter().map(|claim| claim.inside).collect::<Vec<_>>(), [None, Some(0)], "{text}");
    }
}
