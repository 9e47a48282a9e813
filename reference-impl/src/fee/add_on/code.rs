//! 診療行為コード: the code of a service on a receipt.

use std::fmt;

use serde::{Serialize, Serializer};

/// Nine digits of the master of services (診療行為マスター, 調剤行為マスター).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct ReceiptCode(u32);

impl ReceiptCode {
    /// The code with this number.
    pub const fn new(number: u32) -> Self {
        Self(number)
    }

    /// From a figure of the register; its unit keeps it within nine digits.
    pub(super) fn of(number: i64) -> Self {
        Self(u32::try_from(number).unwrap_or_default())
    }
}

impl fmt::Display for ReceiptCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:09}", self.0)
    }
}

impl Serialize for ReceiptCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
