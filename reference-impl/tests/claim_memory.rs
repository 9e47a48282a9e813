//! How much memory claim files take, measured. One test alone, since the measure is that of the
//! whole program.
#![expect(clippy::print_stdout, reason = "the figures are for whoever asks with --nocapture")]

use madoguchi_reference::register::{PUBLISHED, load};
use madoguchi_reference::uke::{Form, MAX_FILE_BYTES, examine, read_all, sample, write};
use peak_alloc::PeakAlloc;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// The most that `action` has in memory beside what was there before, in bytes.
fn peak<T>(action: impl FnOnce() -> T) -> usize {
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    drop(action());
    MEMORY.peak_usage() - before
}

const MIB: usize = 1024 * 1024;

/// A quarter of a large hospital's month, and a quarter of what 10,000 receipts may take, so that
/// the test is quick where nothing is optimised.
const RECEIPTS: u32 = 2_500;
const LIMIT_BYTES: usize = 50 * MIB;

#[test]
fn claim_files_stay_within_their_bounds() {
    let register = load(PUBLISHED).unwrap();
    for &form in Form::ALL {
        // Made, written, and examined, which reads it back. The limit is one for writing and checking alone.
        let used = peak(|| {
            let bytes = write(&sample::month(form, RECEIPTS)).unwrap();
            examine(&register, &bytes).findings.len()
        });
        println!("{form:?}: {} MiB", used / MIB);
        assert!(used < LIMIT_BYTES, "{form:?}: {used}");
    }
    // Nothing of a file above the limit is kept, nor of a line above its own.
    let huge = vec![b'A'; 100 * MIB];
    assert!(peak(|| read_all(&huge)) < MIB);
    let line = [&b"IR,1,"[..], &vec![b'9'; MAX_FILE_BYTES - 100], b"\r\n"].concat();
    assert!(peak(|| read_all(&line)) < MIB);
    // The smallest records, and faults without number.
    let (bytes, tiny) =
        (write(&sample::month(Form::Medical, 1)).unwrap(), b"ZZ\r\n".repeat(999_000));
    let end = bytes.len() - b"GO,1,366,99\r\n".len();
    let many = [&bytes[..end], &tiny, &bytes[end..]].concat();
    let used = peak(|| read_all(&many));
    println!("a million records of two letters: {} MiB", used / MIB);
    assert!(used < 400 * MIB, "{used}");
    let bad = b"?\r\n".repeat(MAX_FILE_BYTES / 3);
    assert!(peak(|| read_all(&bad)) < 2 * MIB);
}
