//! 負担区分: which of the payers of a receipt pay for a service (CLM-072).

/// Every code with its payers as bits: 1 the insurance, 2, 4, 8 and 16 the first to fourth 公費.
const BURDENS: [(&str, u8); 31] = [
    ("1", 1),
    ("5", 2),
    ("6", 4),
    ("B", 8),
    ("C", 16),
    ("2", 1 | 2),
    ("3", 1 | 4),
    ("E", 1 | 8),
    ("G", 1 | 16),
    ("7", 2 | 4),
    ("H", 2 | 8),
    ("I", 2 | 16),
    ("J", 4 | 8),
    ("K", 4 | 16),
    ("L", 8 | 16),
    ("4", 1 | 2 | 4),
    ("M", 1 | 2 | 8),
    ("N", 1 | 2 | 16),
    ("O", 1 | 4 | 8),
    ("P", 1 | 4 | 16),
    ("Q", 1 | 8 | 16),
    ("R", 2 | 4 | 8),
    ("S", 2 | 4 | 16),
    ("T", 2 | 8 | 16),
    ("U", 4 | 8 | 16),
    ("V", 1 | 2 | 4 | 8),
    ("W", 1 | 2 | 4 | 16),
    ("X", 1 | 2 | 8 | 16),
    ("Y", 1 | 4 | 8 | 16),
    ("Z", 2 | 4 | 8 | 16),
    ("9", 1 | 2 | 4 | 8 | 16),
];

/// The code of these payers, as bits; none for nobody.
pub fn burden_of(payers: u8) -> Option<&'static str> {
    BURDENS.iter().find(|(_, known)| *known == payers).map(|(code, _)| *code)
}

/// The payers that a code names, as bits; none if there is no such code.
pub fn payers_of(burden: &str) -> Option<u8> {
    BURDENS.iter().find(|(code, _)| *code == burden).map(|(_, payers)| *payers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_combination_of_payers_has_a_code_that_reads_back() {
        for payers in 1..32 {
            assert_eq!(burden_of(payers).and_then(payers_of), Some(payers));
        }
        assert_eq!((burden_of(0), burden_of(32), payers_of("8")), (None, None, None));
    }
}
