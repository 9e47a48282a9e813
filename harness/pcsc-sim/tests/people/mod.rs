//! People for tests. Nobody of this name lives at this address: the municipality does not exist.

use jiff::civil::date;
use pcsc_sim::content::{CertificateData, Holder, Sex, test_photo};

/// 試験　花子, born 昭和60年4月12日, with both certificates and a photograph.
pub fn hanako() -> Holder {
    Holder {
        name: "試験　花子".into(),
        address: "東京都架空市試験一丁目２番３号".into(),
        born: date(1985, 4, 12),
        sex: Sex::Female,
        individual_number: "000000000000".into(),
        municipality: "13999".into(),
        prefecture_roman: "Tokyo-to".into(),
        city_roman: "Kaku-shi".into(),
        card_expires: date(2031, 4, 12),
        security_code: "0427".into(),
        photo: Some(test_photo()),
        authentication: CertificateData {
            serial: 0x000A_1B2C,
            not_before: date(2021, 5, 10),
            not_after: date(2026, 4, 12),
            key: 3,
        },
        signature: Some(CertificateData {
            serial: 0x000A_1B2D,
            not_before: date(2021, 5, 10),
            not_after: date(2026, 4, 12),
            key: 5,
        }),
    }
}
