//! The only place that prints.

use std::io::{ErrorKind, Write};

use crate::exit::UNDECIDED;

/// Prints results. A reader that has gone away is no error of ours; results that could not be
/// written for another reason, such as a full disk, must not look like a success.
pub(crate) fn print(text: &str) {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => {}
        Err(broken) if broken.kind() == ErrorKind::BrokenPipe => {}
        Err(full) => {
            error(&format!("standard output / 標準出力: {full}"));
            std::process::exit(i32::from(UNDECIDED));
        }
    }
}

/// Prints what went wrong.
pub(crate) fn error(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}
