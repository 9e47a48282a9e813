//! The table of PC/SC behaviour against the real `pcsc` crate, with pcscd and vpcd behind it.
//! `.ci/real-reader` runs it; it needs root, a network namespace of its own, and the machine's
//! only pcscd.

mod daemon;
#[path = "../../tests/table/mod.rs"]
mod table;

use table::Exception;

/// Where the real side differs from what the simulated service does, and why.
const EXCEPTIONS: &[Exception] = &[];

#[test]
fn the_real_service_behaves_as_the_table_says() {
    let differences = table::differences(daemon::Daemon::new, EXCEPTIONS);
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}
