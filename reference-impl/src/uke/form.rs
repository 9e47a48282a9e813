//! The forms a claim file can have.

use crate::coded::coded;

coded! {
    /// 点数表: by which fee table a file claims.
    Form {
        /// 医科: `RECEIPTC.UKE`.
        Medical = "1",
        /// 歯科: `RECEIPTS.UKE`.
        Dental = "3",
        /// 調剤: `RECEIPTY.UKE`.
        Pharmacy = "4",
        /// 訪問看護: `RECEIPTH.UKE`.
        VisitingNursing = "6",
    }
}
