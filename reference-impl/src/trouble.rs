//! What can be wrong with the way requests are answered, from a moment until another: handed to
//! a terminal or the centre at the start, so that a vendor can meet each of it.

use crate::calendar::{Jst, Micros};

/// Something wrong, from a moment until another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Trouble {
    /// From.
    pub from: Jst,
    /// Until, not including.
    pub to: Jst,
    /// What.
    pub kind: TroubleKind,
}

/// What can be wrong.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TroubleKind {
    /// The link software puts every request back with an `.err` file.
    ErrFile,
    /// An answer appears this much later.
    Late(Micros),
    /// The centre refuses every request as a whole (`SegmentOfResult` 9).
    HeaderError,
    /// A bulk job that is done still answers "in process" this many times.
    InProcess(u16),
    /// Bulk jobs taken in at this time end abnormally.
    JobFails,
}

/// The first kind of trouble at `now` that `of` is interested in.
pub(crate) fn at<T>(all: &[Trouble], now: Jst, of: impl Fn(TroubleKind) -> Option<T>) -> Option<T> {
    all.iter().filter(|t| t.from <= now && now < t.to).find_map(|t| of(t.kind))
}
