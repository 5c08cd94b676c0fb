//! How fast articles are annotated, in tokens a second: `npm run bench` sets this beside the WebAssembly in Node.

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use whosaid::model::{Model, Words};
use whosaid::text::Article;
use whosaid::{Annotator, Options};

const MODEL: &[u8] = include_bytes!("../src/lang/en/model.bin");
const ARTICLES: [&str; 3] = [
    include_str!("../tests/articles/comet.txt"),
    include_str!("../tests/articles/harbour.txt"),
    include_str!("../tests/articles/hospital.txt"),
];

/// How often the articles stand one after the other in the long text; scripts/bench.mjs makes the same.
const LONG: usize = 100;

/// The texts: the three articles as one, and many times over, since time must grow as the text does; and one in which ever
/// others are named and meant.
fn texts() -> [(&'static str, String); 3] {
    let articles = ARTICLES.join("\n");
    let mut long = String::new();
    for _ in 0..LONG {
        let _ = writeln!(long, "{articles}");
    }
    [("articles", articles), ("long", long), ("names", names())]
}

/// An article in which ever others are named, described and meant.
fn names() -> String {
    const SYLLABLES: [&str; 10] = ["ba", "do", "ki", "lu", "me", "no", "ra", "si", "ta", "vu"];
    let mut text = String::new();
    for digits in 0..LONG * LONG / 10 {
        let syllable = |place: usize| SYLLABLES[digits / place % 10];
        let name = format!("{}{}{}", syllable(100), syllable(10), syllable(1));
        let _ = writeln!(
            text,
            "Mayor Anna Hal{name} of the Hal{name} Council left on Monday. “I know the plan,” she said. The council said it \
             knew her. A clerk of Hal{name} said the mayor was ill.\n"
        );
    }
    text
}

fn annotate(criterion: &mut Criterion) {
    let annotator = Annotator::new(MODEL).expect("the committed model file");
    let options = Options::default();
    let mut group = criterion.benchmark_group("annotate");
    group.warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(5)).sample_size(20);
    for (name, text) in texts() {
        let found = annotator.annotate(&text, &options).attributions.len();
        assert!(found > 0, "what is measured must be the reading of articles, and it found nothing in them");
        group.throughput(Throughput::Elements(Article::new(&text).tokens.len() as u64));
        group.bench_function(name, |bencher| bencher.iter(|| annotator.annotate(black_box(&text), &options)));
    }
    group.finish();
}

/// Reading alone: what is left of the above is the share of what follows from it, the speakers above all.
fn read(criterion: &mut Criterion) {
    let model = Model::from_bytes(MODEL).expect("the committed model file");
    let mut group = criterion.benchmark_group("read");
    group.warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(5)).sample_size(20);
    for (name, text) in texts() {
        group.throughput(Throughput::Elements(Article::new(&text).tokens.len() as u64));
        group.bench_function(name, |bencher| {
            bencher.iter(|| model.found(&Words::new(&Article::new(black_box(&text)))).len());
        });
    }
    group.finish();
}

criterion_group!(benches, annotate, read);
criterion_main!(benches);
