//! The forms a claim file can have.

use super::FormRule;
use crate::coded::coded;

coded! {
    /// 点数表: by which fee table the file claims, and with it which records it may hold. The
    /// code is item 4 of its first record.
    Form {
        /// 医科: `RECEIPTC.UKE`.
        Medical = "1",
        /// 歯科: `RECEIPTS.UKE`.
        Dental = "3",
        /// 調剤: `RECEIPTY.UKE`.
        Pharmacy = "4",
        /// 訪問看護: `RECEIPTH.UKE`. Its sums are yen where the others have points (GEN-008).
        VisitingNursing = "6",
    }
}

impl Form {
    /// The name under which the file is handed in. Those of dental and visiting nursing claims
    /// are not certain (CLM-060).
    pub const fn file_name(self) -> &'static str {
        match self {
            Self::Medical => "RECEIPTC.UKE",
            Self::Dental => "RECEIPTS.UKE",
            Self::Pharmacy => "RECEIPTY.UKE",
            Self::VisitingNursing => "RECEIPTH.UKE",
        }
    }

    /// The name in Japanese and English.
    pub const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Medical => ("医科", "medical"),
            Self::Dental => ("歯科", "dental"),
            Self::Pharmacy => ("調剤", "pharmacy"),
            Self::VisitingNursing => ("訪問看護", "visiting nursing"),
        }
    }

    /// The id of the record that opens the file.
    pub const fn header_id(self) -> &'static str {
        match self {
            Self::Medical | Self::Dental => "IR",
            Self::Pharmacy => "YK",
            Self::VisitingNursing => "HM",
        }
    }

    /// The rule on the order of the records.
    pub(super) const fn order_rule(self) -> FormRule {
        match self {
            Self::Medical => FormRule::MedicalOrder,
            Self::Dental | Self::Pharmacy | Self::VisitingNursing => FormRule::OtherOrder,
        }
    }

    /// Where a record stands among those of its receipt (CLM-063, CLM-064), HO being 1 and KO 2;
    /// `None` for kinds the order does not name.
    pub(super) const fn rank(self, id: [u8; 2]) -> Option<u8> {
        Some(match (&id, self) {
            (b"HO", _) => 1,
            (b"KO", _) => 2,
            (b"SN", _) => 3,
            (b"JD", _) => 4,
            (b"MF", _) => 5,
            (b"GR", Self::Medical) => 6,
            (b"SY", Self::Medical) | (b"HS", Self::Dental) => 7,
            (b"SI" | b"IY" | b"TO" | b"CO", Self::Medical | Self::Dental) => 8,
            (b"SS", Self::Dental) => 8,
            (b"SJ", Self::Medical | Self::Dental) => 9,
            (b"SH" | b"CZ" | b"IY" | b"TO" | b"CO", Self::Pharmacy) => 6,
            (b"TK", Self::Pharmacy) => 7,
            (b"KI", Self::Pharmacy) => 8,
            (b"ST", Self::Pharmacy) => 9,
            (b"IH", Self::VisitingNursing) => 6,
            (b"HJ", Self::VisitingNursing) => 7,
            (b"JS", Self::VisitingNursing) => 8,
            (b"SY", Self::VisitingNursing) => 9,
            (b"RJ", Self::VisitingNursing) => 10,
            (b"KA", Self::VisitingNursing) => 11,
            _ => return None,
        })
    }
}

/// Records that only a DPC file (`RECEIPTD.UKE`) has.
pub(super) const DPC_RECORDS: [&[u8; 2]; 6] = [b"BU", b"SB", b"GA", b"HH", b"GT", b"CD"];
