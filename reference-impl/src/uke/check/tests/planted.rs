//! Faults planted into the samples, and where they are found.

/// A finding: rule, line, item.
pub(super) type Where = (&'static str, usize, Option<usize>);
/// What is planted, by which replacements of text, and everything that is found then.
pub(super) type Planted = (&'static str, &'static [(&'static str, &'static str)], &'static [Where]);

/// Lines of the sample: 1 IR; 2 RE, 3 HO, 4 SN, 5 JD, 6 MF, 7 SY, 8 and 9 SI; 10 RE, 11 HO,
/// 12 KO, 13 and 14 SN, 15 and 16 JD, 17 MF, 18 SY, 19 SI, 20 CO, 21 IY, 22 SJ; 23 GO.
pub(super) const PLANTED: &[Planted] = &[
    ("prefecture 48", &[("IR,1,13,", "IR,1,48,")], &[("CLM-096", 1, Some(3))]),
    ("letters in the institution code", &[("9990001", "999000A")], &[("CLM-096", 1, Some(5))]),
    (
        "the month of claiming",
        &[("RE,1,1112,202505", "RE,1,1112,202506")],
        &[("CLM-074", 2, Some(4))],
    ),
    (
        "claimed after the right has lapsed",
        &[("見本医院,202506", "見本医院,203006")],
        &[("CLM-026", 2, Some(4)), ("CLM-026", 10, Some(4))],
    ),
    ("a number left out", &[("RE,2,", "RE,3,")], &[("CLM-074", 10, Some(2))]),
    ("a count too high", &[("GO,2,451", "GO,3,451")], &[("CLM-074", 23, Some(2))]),
    ("a sum too low", &[("GO,2,451", "GO,2,450")], &[("CLM-074", 23, Some(3))]),
    ("no such kind", &[("RE,1,1112", "RE,1,1512")], &[("CLM-070", 2, Some(3))]),
    ("a dental kind", &[("RE,1,1112", "RE,1,3112")], &[("CLM-070", 2, Some(3))]),
    ("a second payer that is not there", &[("RE,1,1112", "RE,1,1122")], &[("CLM-070", 2, Some(3))]),
    (
        "late-stage elderly with another insurer",
        &[("RE,1,1112", "RE,1,1318")],
        &[("CLM-070", 2, Some(3))],
    ),
    ("a preschool child of 45", &[("RE,1,1112", "RE,1,1114")], &[("CLM-074", 2, Some(3))]),
    ("an inpatient without admission", &[("RE,1,1112", "RE,1,1111")], &[("CLM-087", 2, Some(9))]),
    (
        "an outpatient with admission",
        &[("19800115,70,,", "19800115,70,20250510,")],
        &[("CLM-087", 2, Some(9))],
    ),
    ("born after the month", &[("2,19800115", "2,20250601")], &[("CLM-084", 2, Some(7))]),
    ("another benefit", &[("19800115,70,", "19800115,80,")], &[("CLM-091", 2, Some(8))]),
    ("two income classes", &[("2602", "2627")], &[("CLM-088", 10, Some(12))]),
    ("one note twice", &[("2602", "0202")], &[("CLM-088", 10, Some(12))]),
    ("six notes", &[("2602", "260203101620")], &[("CLM-088", 10, Some(12))]),
    ("a class of the late-stage elderly", &[("2602", "4102")], &[("CLM-088", 10, Some(12))]),
    ("a halved limit at 45", &[("70,,,,,,K0001", "70,,,,21,,K0001")], &[("ELIG-041", 2, Some(12))]),
    ("a wrong check digit", &[("HO,06139992", "HO,06139991")], &[("ELIG-051", 3, Some(2))]),
    ("a scheme nobody has", &[("HO,06139992", "HO,05139993")], &[("ELIG-050", 3, Some(2))]),
    ("a payer's wrong check digit", &[("54130018", "54130017")], &[("ELIG-051", 12, Some(2))]),
    ("a recipient's wrong check digit", &[("1234566", "1234567")], &[("ELIG-051", 12, Some(3))]),
    ("no insured number", &[("1234,567890", "1234,")], &[("ELIG-053", 3, Some(4))]),
    ("a branch of one digit", &[("SN,1,01,,,,01,", "SN,1,01,,,,1,")], &[("ELIG-053", 4, Some(7))]),
    ("one day too many", &[("567890,2,", "567890,3,")], &[("CLM-074", 3, Some(5))]),
    ("a payer's day too many", &[("1234566,,1,", "1234566,,2,")], &[("CLM-074", 12, Some(5))]),
    ("a point too many", &[("2,366,", "2,367,"), ("451", "452")], &[("CLM-074", 3, Some(6))]),
    ("a payer's point too many", &[("1,85,100", "1,86,100")], &[("CLM-075", 12, Some(6))]),
    (
        "a charge above the cost",
        &[("1,85,,,,,,260", "1,85,,,,,,851")],
        &[("CLM-092", 11, Some(12))],
    ),
    ("no SN", &[("SN,1,01,,,,01,,\r\n", "")], &[("CLM-074", 3, None)]),
    ("no JD", &[("JD,1,,,,,,,,,,,,1,,,,,,,,1,,,,,,,,,,,\r\n", "")], &[("CLM-063", 2, None)]),
    ("no MF", &[("MF,00,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,\r\n", "")], &[("CLM-063", 2, None)]),
    ("no disease", &[("SY,4609023,20250512,1,,,01,\r\n", "")], &[("CLM-063", 2, None)]),
    ("no such charge class", &[("MF,00", "MF,03")], &[("CLM-095", 6, Some(2))]),
    (
        "SN of a payer that is not there",
        &[("SN,1,01,,,,01,,\r\n", "SN,1,01,,,,01,,\r\nSN,2,01,,,,,,\r\n")],
        &[("CLM-086", 5, Some(2))],
    ),
    ("SN twice", &[("SN,2,01,,,,,,", "SN,1,01,,,,,,")], &[("CLM-086", 14, Some(2))]),
    (
        "a disease that starts in the next month",
        &[("4609023,20250512", "4609023,20250601")],
        &[("CLM-083", 7, Some(3))],
    ),
    (
        "a disease before the birth",
        &[("4609023,20250512", "4609023,19791231")],
        &[("CLM-083", 7, Some(3))],
    ),
    (
        "a disease after the first visit",
        &[("4609023,20250512", "4609023,20250520")],
        &[("CLM-083", 7, Some(3))],
    ),
    (
        "a disease without code and name",
        &[("80024050,見本病", "80024050,")],
        &[("CLM-090", 18, Some(6))],
    ),
    ("half a modifier", &[("80024050", "800240")], &[("CLM-090", 18, Some(5))]),
    (
        "a drug as a service",
        &[("112007410,,75,1,,,,,,,,,", "612007410,,75,1,,,,,,,,,")],
        &[("CLM-090", 9, Some(4))],
    ),
    ("a service as a drug", &[("620000001", "120000001")], &[("CLM-090", 21, Some(4))]),
    (
        "a comment without text",
        &[("810000001,見本のコメント　表", "810000001,")],
        &[("CLM-089", 20, Some(5))],
    ),
    (
        "a comment inside a service without text",
        &[("810000001,見本,", "810000001,,")],
        &[("CLM-089", 19, Some(9))],
    ),
    (
        "a comment that is none",
        &[("CO,99,2,810000001", "CO,99,2,110000001")],
        &[("CLM-089", 20, Some(4))],
    ),
    ("no such payer code", &[("CO,99,2,", "CO,99,8,")], &[("CLM-072", 20, Some(3))]),
    ("a payer code without a payer", &[("SI,11,1,", "SI,11,2,")], &[("CLM-085", 8, Some(3))]),
    (
        "a payer that no line names",
        &[("SI,12,2,", "SI,12,1,"), ("CO,99,2,", "CO,99,1,"), ("IY,21,2,", "IY,21,1,")],
        &[("CLM-085", 12, None)],
    ),
    ("a category that is none", &[("SI,11,1,", "SI,15,1,")], &[("CLM-094", 8, Some(2))]),
    (
        "a category too early",
        &[("SI,12,1,112007410,,75", "SI,01,1,112007410,,75")],
        &[("CLM-063", 9, Some(2))],
    ),
    ("an inpatient's category", &[("IY,21,2,", "IY,90,2,")], &[("CLM-087", 21, Some(2))]),
    ("a first line without category", &[("SI,11,1,", "SI,,1,")], &[("CLM-080", 8, Some(2))]),
    ("points inside a group", &[("SI,12,1,", "SI,,1,")], &[("CLM-080", 8, Some(6))]),
    (
        "a group without points",
        &[
            ("620000001,1.5,10,", "620000001,1.5,,"),
            ("12,1,85,,", "12,1,75,,"),
            ("1,85,100", "1,75,100"),
            ("451", "441"),
        ],
        &[("CLM-080", 21, Some(6))],
    ),
    (
        "a count above its days",
        &[("111000110,,291,1", "111000110,,291,2"), ("2,366", "2,657"), ("451", "742")],
        &[("CLM-081", 8, Some(7))],
    ),
    (
        "a service on a day without a visit",
        &[("291,1,,,,,,,,,,,,,,,,,,1,", "291,1,,,,,,,,,,,,,,,,,1,,")],
        &[("CLM-082", 8, Some(24))],
    ),
    (
        "a receipt that is there twice",
        &[(
            "GO,2,451",
            "RE,3,1112,202505,見本　花子,2,19800115,70,,,,,,K0001,,,,,,,,,,,,,,,,,,,,,,,ﾐﾎﾝ ﾊﾅｺ,\r\nHO,06139992,1234,567890,1,75,,,,,,,,,\r\nSN,1,01,,,,01,,\r\nJD,1,,,,,,,,,,,,,,,,,,,,1,,,,,,,,,,,\r\nMF,00,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,\r\nSY,4609023,20250512,1,,,01,\r\nSI,12,1,112007410,,75,1,,,,,,,,,,,,,,,,,,,,,,,,,,1,,,,,,,,,,,\r\nGO,3,526",
        )],
        &[("CLM-020", 23, None)],
    ),
    (
        "an unknown number without a remark",
        &[
            ("HO,06139992,1234,567890", "HO,77777777,,777777777"),
            ("SN,1,01,,,,01,", "SN,1,03,,,,,"),
        ],
        &[("CLM-003", 3, None)],
    ),
    (
        "an unknown number with another remark",
        &[("HO,  138016,見・本,12", "HO,77777779,,777777777"), ("SN,1,02,,,,02,", "SN,1,03,,,,,")],
        &[("CLM-006", 11, None)],
    ),
    (
        "an unknown number of other digits",
        &[
            ("HO,  138016,見・本,12", "HO,77777779,,12"),
            ("SN,1,02,,,,02,", "SN,1,03,,,,,"),
            ("見本のコメント　表", "不詳　見本県"),
        ],
        &[("CLM-006", 11, Some(4))],
    ),
    (
        "the unknown number of a known insurer",
        &[("1234,567890", "1234,777777777")],
        &[("CLM-005", 3, Some(2))],
    ),
    (
        "a code of ten digits",
        &[("SI,11,1,111000110", "SI,11,1,1110001100")],
        &[("CLM-090", 8, Some(4))],
    ),
    ("an old date", &[("4609023,20250512", "4609023,5070512")], &[("CLM-061", 7, Some(3))]),
    ("a padded number", &[("567890,2,366", "567890,02,366")], &[("CLM-062", 3, Some(5))]),
    ("a comma too many", &[("SJ,01,", "SJ,,01,")], &[("CLM-062", 22, None)]),
    (
        "an insurer number not right aligned",
        &[("HO,  138016", "HO,138016")],
        &[("ELIG-050", 11, Some(2))],
    ),
    (
        "MF before JD",
        &[
            ("MF,00,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,\r\nSY", "SY"),
            ("SN,1,01,,,,01,,\r\n", "SN,1,01,,,,01,,\r\nMF,00,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,\r\n"),
        ],
        &[("CLM-063", 6, None)],
    ),
];

/// Lines: 1 YK; 2 RE, 3 HO, 4 KO, 5 and 6 SN, 7 JD, 8 MF, 9 SH, 10 CZ, 11 IY, 12 TO, 13 CO, 14 SH,
/// 15 CZ, 16 TK, 17 and 18 KI, 19 ST; 20 GO.
pub(super) const PLANTED_PHARMACY: &[Planted] = &[
    ("a medical kind", &[("RE,1,4122", "RE,1,1122")], &[("CLM-070", 2, Some(3))]),
    ("an inpatient's kind", &[("RE,1,4122", "RE,1,4121")], &[("CLM-070", 2, Some(3))]),
    (
        "no prescribing institution",
        &[("13,1,9990001,見本医院", "13,1,,見本医院")],
        &[("CLM-020", 2, Some(12))],
    ),
    (
        "a day outside the month",
        &[("20250512,20250512,1,14", "20250512,20250612,1,14")],
        &[("CLM-093", 10, Some(4))],
    ),
    (
        "dispensed before it was prescribed",
        &[("20250512,20250512,1,14", "20250512,20250511,1,14")],
        &[("CLM-093", 10, Some(4))],
    ),
    (
        "a doctor that RE does not name",
        &[("CZ,2,20250520", "CZ,3,20250520")],
        &[("CLM-093", 15, Some(2))],
    ),
    (
        "a prescription without dispensing",
        &[("SH,02,5,,,2,,,,\r\n", "SH,02,5,,,2,,,,\r\nSH,03,5,,,2,,,,\r\n")],
        &[("CLM-093", 14, None)],
    ),
    (
        "dispensing before any prescription",
        &[("SH,01,1,013,見本の指示,6,6,,,\r\n", "")],
        &[("CLM-093", 9, None)],
    ),
    ("a service as a drug", &[("IY,2,620000001", "IY,2,120000001")], &[("CLM-090", 11, Some(3))]),
    (
        "no fees of an acceptance and a sum too high",
        &[("GO,1,257", "GO,1,258")],
        &[("CLM-074", 20, Some(3))],
    ),
    (
        "a remark without text",
        &[("TK,810000001,見本の摘要", "TK,810000001,")],
        &[("CLM-089", 16, Some(3))],
    ),
];

/// Lines: 1 UK, 2 IR; 3 RE, 4 HO, 5 SN, 6 JD, 7 MF, 8 HS, 9 SS, 10 SI, 11 IY, 12 TO, 13 CO, 14 SS,
/// 15 SJ; 16 GO.
pub(super) const PLANTED_DENTAL: &[Planted] = &[
    ("a point too many", &[("2,1216", "2,1217"), ("1,1216", "1,1217")], &[("CLM-074", 4, Some(6))]),
    (
        "a count above its days",
        &[("IY,21,1,620000001,1.5,12,1", "IY,21,1,620000001,1.5,6,2")],
        &[("CLM-081", 11, Some(7))],
    ),
    (
        "a medical code as treatment",
        &[("SS,11,1,301000110", "SS,11,1,101000110")],
        &[("CLM-090", 9, Some(4))],
    ),
    (
        "no disease",
        &[("HS,,,101600101700,5220063,80024050,,1,,,810000001,見本の補足,101600\r\n", "")],
        &[("CLM-064", 3, None)],
    ),
];

/// Lines: 1 HM; 2 RE, 3 HO, 4 SN, 5 JD, 6 MF, 7 IH, 8 HJ, 9 JS, 10 SY, 11 RJ, 12 TJ, 13 CO,
/// 14 and 15 KA; 16 GO.
pub(super) const PLANTED_NURSING: &[Planted] = &[
    ("a medical kind", &[("RE,1,6112", "RE,1,1112")], &[("CLM-070", 2, Some(3))]),
    ("one day too many", &[("567890,2,", "567890,3,")], &[("CLM-074", 3, Some(5))]),
    (
        "a charge above the cost, which is in yen",
        &[("11880,,,3560", "11880,,,11881")],
        &[("CLM-092", 3, Some(9))],
    ),
];
