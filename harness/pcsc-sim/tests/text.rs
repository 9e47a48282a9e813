//! The files of the text application, the records, and the small files of the JPKI application.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

mod people;
mod walk;

use pcsc_sim::Carrier;
use pcsc_sim::content::{
    Holder, attributes, certificates_present, common_record, get_data, integrity,
    key_reference_record, number, session_public_key, signed_public_key, text_basic_info,
    text_certificate, token_info,
};
use pcsc_sim::pki::{Role, key};
use people::hanako;
use rsa::RsaPublicKey;
use sha2::{Digest, Sha256};
use walk::{has_signed, inside, key_in, tags, walk};

/// The key that EF 0004 certifies.
fn issuer() -> RsaPublicKey {
    let file = text_certificate(&hanako());
    assert_eq!(file.len(), 568);
    let parts = inside(&file, 0x7F21);
    assert!(has_signed(&key(Role::TextRoot).public(), &parts[0].value, &parts[1].value));
    assert_eq!(&parts[0].value[..16], b"6999033\x08\x05001\0\0\0\0");
    assert_eq!(&parts[0].value[16..32], b"1399931\x08\x05000\0\0\0\0");
    key_in(&parts[0].value[32..])
}

#[test]
fn the_number_file_is_17_bytes() {
    assert_eq!(number(&hanako()), b"\xFF\x10\x0C000000000000\xFF\xFF");
}

#[test]
fn attributes_stand_behind_a_table_of_where_they_begin() {
    let file = attributes(&hanako());
    // Header 3, table 3 + 8: the name begins at 14 and is 3 + 15 bytes, the address at 32 and is
    // 3 + 45 bytes, the birth at 80 and is 3 + 8 bytes, the sex at 91.
    let expected = [
        b"\xFF\x20\x5C\xDF\x21\x08\x00\x0E\x00\x20\x00\x50\x00\x5B".as_slice(),
        b"\xDF\x22\x0F",
        "試験　花子".as_bytes(),
        b"\xDF\x23\x2D",
        "東京都架空市試験一丁目２番３号".as_bytes(),
        b"\xDF\x24\x0819850412\xDF\x25\x012",
    ];
    assert_eq!(file, expected.concat());
}

#[test]
fn a_long_address_lengthens_the_header_and_moves_the_table() {
    let holder = Holder { address: "長".repeat(50), ..hanako() };
    let file = attributes(&holder);
    // 11 + 18 + (4 + 150) + 11 + 4 = 198 bytes: a header of four.
    assert_eq!(file[..8], [0xFF, 0x20, 0x81, 198, 0xDF, 0x21, 8, 0]);
    assert_eq!(file[8], 15);
    let objects = inside(&file, 0xFF20);
    assert_eq!(objects.iter().map(|object| object.at).collect::<Vec<_>>(), [4, 15, 33, 187, 198]);
}

#[test]
fn the_integrity_record_signs_the_hashes_of_both_files() {
    let file = integrity(&hanako());
    assert_eq!(file.len(), 336);
    let objects = inside(&file, 0xFF30);
    assert_eq!(tags(&objects), [0xDF31, 0xDF32, 0xDF33]);
    // The number with its filler; the attributes without header (3) and table (11).
    assert_eq!(objects[0].value, Sha256::digest(number(&hanako())).as_slice());
    assert_eq!(objects[1].value, Sha256::digest(&attributes(&hanako())[14..]).as_slice());
    let signed = [objects[0].whole.as_slice(), &objects[1].whole].concat();
    assert!(has_signed(&issuer(), &signed, &objects[2].value));
}

#[test]
fn the_applications_own_key_is_signed_and_the_session_key_is_not() {
    let file = signed_public_key();
    assert_eq!(file.len(), 536);
    let objects = inside(&file, 0xFF50);
    assert_eq!(tags(&objects), [0xDF51, 0xDF52]);
    assert_eq!(key_in(&objects[0].value), key(Role::Text).public());
    assert!(has_signed(&issuer(), &objects[0].whole, &objects[1].value));

    let file = session_public_key();
    assert_eq!(file.len(), 269);
    assert_eq!(file[..4], [0xA1, 0x82, 0x01, 0x09]);
    assert_eq!(key_in(&file[4..]), key(Role::TextSession).public());
}

#[test]
fn the_basic_information_is_164_bytes_with_long_lengths() {
    let file = text_basic_info();
    assert_eq!(file.len(), 164);
    assert_eq!(file[..12], [0xFF, 0x40, 0x82, 0, 0x9F, 0xDF, 0x41, 4, 1, 3, 0x0E, 1]);
    let objects = inside(&file, 0xFF40);
    assert_eq!(tags(&objects), [0xDF41, 0xDF42, 0xDF43]);
    assert_eq!(objects[2].value.len(), 128);
    assert!(objects[2].value[32..].iter().all(|byte| *byte == 0xFF));
}

#[test]
fn token_information_is_160_bytes_with_every_field_in_its_place() {
    let file = token_info(Carrier::Card, "999000000000001");
    let expected = [
        b"JPKIAPICCTOKEN2                 ".as_slice(),
        b"PCSC-SIM TEST                   ",
        b"TEST CARD       ",
        b"999000000000001 ",
        &[0x00, 0x00, 0x04, 0x0D],
        // Sessions: one at most, none open, one at most for writing, none open.
        &[0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0],
        // PIN lengths.
        &[0, 0, 0, 16, 0, 0, 0, 6],
        &[0xFF; 16],
        b"0301",
        b"9999999999999999",
    ];
    assert_eq!(file.as_slice(), expected.concat());
    assert!(token_info(Carrier::Android, "").starts_with(b"JPKIAPGPSETOKEN  "));
    assert!(token_info(Carrier::IPhone, &"9".repeat(99)).starts_with(b"JPKIAPIOSTOKEN   "));
}

#[test]
fn the_third_file_says_which_certificates_there_are() {
    assert_eq!(certificates_present(&hanako()), [0x8F, 0x8F, 0x00]);
    let child = Holder { signature: None, ..hanako() };
    assert_eq!(certificates_present(&child), [0x00, 0x8F, 0x00]);
}

#[test]
fn the_common_record_is_28_digits_for_card_municipality_and_expiry() {
    let record = common_record(&hanako());
    assert_eq!(record.len(), 30);
    assert_eq!(record[..5], [0x01, 0x1C, b'9', b'9', b'9']);
    assert!(record[2..17].iter().all(u8::is_ascii_digit));
    assert_eq!(&record[17..], b"1399920310412");
    assert_eq!(&record[2..17], hanako().card_number().as_bytes());
    assert_eq!(&key_reference_record(), b"\x01\x106999010\x08\x05001\0\0\0\0");
}

#[test]
fn a_card_keeps_its_number_when_it_gets_a_new_certificate_and_no_two_share_one() {
    let mut renewed = hanako();
    renewed.authentication.serial += 1;
    assert_eq!(renewed.card_number(), hanako().card_number());
    let other = Holder { security_code: "0428".into(), ..hanako() };
    assert_ne!(other.card_number(), hanako().card_number());
}

#[test]
fn data_objects_of_the_power_on_state() {
    let object = |tag| get_data(tag, &hanako());
    assert_eq!(object(0x0042).unwrap().len(), 16);
    assert_eq!(object(0x0045).unwrap(), hanako().card_number().as_bytes());
    assert_eq!(object(0x00F0).unwrap(), b"13999");
    assert_eq!(object(0x00F2).unwrap(), b"20310412");
    assert_eq!(object(0x00F7).unwrap(), b"1399930\x08\x05002\0\0\0\x98");
    assert_eq!(object(0x5F51), None);
    assert_eq!(object(0x00F1), None);
    // GlobalPlatform: 1.2.840.114283.1 is the first identifier.
    let recognition = object(0x0066).unwrap();
    assert_eq!(recognition[..2], [0x73, 47]);
    assert_eq!(recognition[2..11], [6, 7, 0x2A, 0x86, 0x48, 0x86, 0xFC, 0x6B, 1]);
    assert_eq!(tags(&inside(&recognition, 0x73)), [0x06, 0x60, 0x63, 0x64]);
}

#[test]
fn the_chain_of_the_master_file_leads_from_the_root_to_the_lower_key() {
    let link = |tag, signer: &RsaPublicKey| {
        let object = get_data(tag, &hanako()).unwrap();
        assert_eq!(object.len(), 575);
        let parts = walk(&object);
        assert_eq!(tags(&parts), [0x4D, 0x5F4E, 0x5F37]);
        // The list in front says what the body consists of.
        assert_eq!(parts[0].value, [0x42, 16, 0x5F, 0x20, 16, 0x5F, 0x49, 0x82, 0x01, 0x09]);
        assert!(has_signed(signer, &parts[1].value, &parts[2].value));
        parts[1].value.clone()
    };
    let upper = link(0x00F8, &key(Role::CardRoot).public());
    let lower = link(0x7F21, &key_in(&upper[32..]));
    assert_eq!(upper[16..32], lower[..16], "the lower names the upper's subject as its issuer");
    assert_eq!(key_in(&lower[32..]), key(Role::CardLower).public());
}

#[test]
fn a_holder_made_of_nonsense_still_fills_every_file() {
    let nonsense = Holder {
        name: String::new(),
        address: "\u{0}".repeat(300),
        individual_number: "not a number at all".into(),
        municipality: "東京".into(),
        security_code: "?".into(),
        ..hanako()
    };
    assert!(number(&nonsense).len() > 17);
    for file in [attributes(&nonsense), integrity(&nonsense), text_certificate(&nonsense)] {
        assert!(!walk(&file).is_empty());
    }
    assert_eq!(get_data(0x00F7, &nonsense).unwrap()[..7], *b"0000030");
    assert_eq!(common_record(&nonsense).len(), 2 + 15 + 6 + 8);
}
