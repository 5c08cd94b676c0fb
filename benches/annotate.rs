//! How fast articles are annotated, in tokens a second: `npm run bench` sets this beside the WebAssembly in Node.

use std::hint::black_box;
use std::time::Duration;

use benches::texts;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use whosaid::lang::ENGLISH;
use whosaid::lexis::Words;
use whosaid::model::Model;
use whosaid::text::Article;
use whosaid::{Annotator, Options};

const MODEL: &[u8] = include_bytes!("../src/lang/en/model.bin");

fn annotate(criterion: &mut Criterion) {
    let annotator = Annotator::new(MODEL).expect("the committed model file");
    let options = Options::default();
    let mut group = criterion.benchmark_group("annotate");
    group.warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(5)).sample_size(20);
    for (name, text) in texts() {
        let found = annotator.annotate(&text, &options).claims.len();
        assert!(found > 0, "what is measured must be the reading of articles, and it found nothing in them");
        group.throughput(Throughput::Elements(Article::new(&text, &ENGLISH).tokens.len() as u64));
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
        group.throughput(Throughput::Elements(Article::new(&text, &ENGLISH).tokens.len() as u64));
        group.bench_function(name, |bencher| {
            bencher.iter(|| model.found(&Words::new(&Article::new(black_box(&text), &ENGLISH))).len());
        });
    }
    group.finish();
}

criterion_group!(benches, annotate, read);
criterion_main!(benches);
