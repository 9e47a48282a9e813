//! How fast claim files are written, read and checked: a month's file of 10,000 receipts of each
//! form. The limit is 1 s for writing one and examining it, which reads it back.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use madoguchi_reference::register::{PUBLISHED, load};
use madoguchi_reference::uke::{Form, examine, read, read_all, sample, write};

const RECEIPTS: u32 = 10_000;

fn months(criterion: &mut Criterion) {
    let register = load(PUBLISHED).unwrap_or_else(|wrong| panic!("{wrong:?}"));
    for &form in Form::ALL {
        let file = sample::month(form, RECEIPTS);
        let bytes = write(&file).unwrap_or_else(|wrong| panic!("{wrong}"));
        let mut group = criterion.benchmark_group(format!("{form:?}"));
        group.sample_size(10).throughput(Throughput::Bytes(bytes.len() as u64));
        group.bench_function("write", |bencher| bencher.iter(|| write(&file)));
        group.bench_function("read", |bencher| bencher.iter(|| read(&bytes)));
        group.bench_function("read-all", |bencher| bencher.iter(|| read_all(&bytes)));
        group.bench_function("examine", |bencher| bencher.iter(|| examine(&register, &bytes)));
        group.bench_function("write-and-examine", |bencher| {
            bencher.iter(|| write(&file).map(|bytes| examine(&register, &bytes).findings.len()));
        });
    }
}

criterion_group!(benches, months);
criterion_main!(benches);
