//! The codes of the claim file whose every value is known.

use crate::coded::coded;

coded! {
    /// 審査支払機関: where the file is sent (IR item 2).
    ReviewBody {
        /// 社会保険診療報酬支払基金 (SIIF).
        Siif = "1",
        /// 国民健康保険団体連合会 (KKR).
        Kkr = "2",
    }
}

coded! {
    /// 男女区分 (RE item 6).
    Sex {
        /// 男.
        Male = "1",
        /// 女.
        Female = "2",
    }
}

coded! {
    /// 確認区分: what became of the eligibility the receipt claims (SN item 3, CLM-054).
    Confirmation {
        /// Checked at the counter, valid.
        Valid = "01",
        /// No change.
        NoChange = "02",
        /// Could not be confirmed.
        Unconfirmed = "03",
        /// 振替: transferred to another insurer.
        Transferred = "04",
        /// 分割: split between two insurers.
        Split = "05",
        /// Lost eligibility, charged to the insurer on the receipt.
        Lost = "06",
        /// Lost eligibility, after collection of the proof.
        AfterCollection = "07",
        /// Death.
        Death = "08",
        /// The 枝番 was identified.
        BranchIdentified = "09",
        /// Transferred after a claim by the insurer.
        ReclaimTransferred = "11",
        /// Split after a claim by the insurer.
        ReclaimSplit = "12",
        /// Cannot be changed after a claim by the insurer.
        ReclaimUnchanged = "13",
        /// The 枝番 was identified after a claim by the insurer.
        ReclaimBranchIdentified = "14",
    }
}

coded! {
    /// What JD says about one day of the month (JD items 3 to 33).
    DayMark {
        /// No visit: the field is empty.
        None = "",
        /// 実日数に計上する: a day that counts.
        Counted = "1",
        /// 実日数に計上しない: a visit that does not count.
        NotCounted = "2",
        /// The day could not be matched.
        Mismatch = "9",
    }
}

coded! {
    /// 転帰区分 (SY item 4).
    Outcome {
        /// 継続.
        Continuing = "1",
        /// 治癒.
        Cured = "2",
        /// 死亡.
        Death = "3",
        /// 中止.
        Stopped = "4",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_reads_back_and_no_other_does() {
        for &value in Confirmation::ALL {
            assert_eq!(Confirmation::from_code(value.code()), Some(value));
        }
        assert_eq!(Confirmation::from_code("10"), None);
        assert_eq!(Confirmation::from_code(""), None);
        assert_eq!(DayMark::from_code(""), Some(DayMark::None));
    }
}
