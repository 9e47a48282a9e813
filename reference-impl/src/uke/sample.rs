//! A valid file for the tests. The people, the institution and the numbers are invented.

use encoding_rs::SHIFT_JIS;

use super::{ClaimFile, read};

/// Two receipts, by hand: one for an insurer alone, one for 国民健康保険 and one 公費 with
/// further SN and JD records and two kinds of record without a type.
const TEXT: &str = "\
IR,1,13,1,9990001,,見本医院,202506,00,03-0000-0000
RE,1,1112,202505,見本　花子,2,19800115,70,,,,,,K0001,,,,,,,,,,,,,,,,,,,,,,,ﾐﾎﾝ ﾊﾅｺ,
HO,06139992,1234,567890,2,366,,,,,,,,,
SN,1,01,,,,01,,
JD,1,,,,,,,,,,,,1,,,,,,,,1,,,,,,,,,,,
MF,00,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,
SY,4609023,20250512,1,,,01,
SI,11,1,111000110,,291,1,,,,,,,,,,,,,,,,,,1,,,,,,,,,,,,,,,,,,,
SI,12,1,112007410,,75,1,,,,,,,,,,,,,,,,,,,,,,,,,,1,,,,,,,,,,,
RE,2,1126,202505,見本　太郎,1,20100401,70,,,,2602,,K0002,,,,,,,,,,,,,,,,,,,,,,,ﾐﾎﾝ ﾀﾛｳ,
HO,  138016,見・本,12,1,85,,,,,,260,,,
KO,54130018,1234566,,1,85,100,,,,,
SN,1,02,,,,02,,
SN,2,01,,,,,,
JD,1,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,2,1
JD,2,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,1
MF,01,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,
SY,0000999,20250501,2,80024050,見本病,,見本の補足
SI,12,2,112007410,1,75,1,810000001,見本,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,1
CO,99,2,810000001,見本のコメント　表
IY,21,2,620000001,1.5,10,1,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,1
SJ,01,見本の症状詳記
GO,2,451,99
";

/// The file as bytes: Shift_JIS with CR LF.
pub(super) fn bytes() -> Vec<u8> {
    encode(&TEXT.replace('\n', "\r\n"))
}

/// The file as types.
pub(super) fn file() -> ClaimFile {
    read(&bytes()).unwrap()
}

/// Text as Shift_JIS.
pub(super) fn encode(text: &str) -> Vec<u8> {
    let (bytes, _, lossy) = SHIFT_JIS.encode(text);
    assert!(!lossy, "{text}");
    bytes.into_owned()
}
