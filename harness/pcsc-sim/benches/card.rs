//! How fast a card answers: each command, a whole conversation without RSA, and what a signature
//! costs over the one of the library.

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use pcsc_sim::chip::Chip;
use pcsc_sim::{Profile, SmartCard};
use rsa::{BigUint, Pkcs1v15Sign, RsaPrivateKey};

const JPKI: &[u8] = b"\x00\xA4\x04\x0C\x0A\xD3\x92\xF0\x00\x26\x01\x00\x00\x00\x01";
const SURFACE: &[u8] = b"\x00\xA4\x04\x0C\x0A\xD3\x92\x10\x00\x31\x00\x01\x01\x04\x02";
const CERTIFICATE: &[u8] = b"\x00\xA4\x02\x0C\x02\x00\x0A";
const PIN: &[u8] = b"\x00\x20\x00\x98\x041234";
const CODE_B: &[u8] = b"\x00\x20\x00\x92\x0E60041220330427";

/// The DigestInfo of a SHA-256, before the hash.
const DIGEST_INFO: [u8; 19] =
    *b"\x30\x31\x30\x0D\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\x00\x04\x20";

fn good(card: &mut Chip, command: &[u8]) -> Vec<u8> {
    let answer = card.apdu(command);
    assert!(answer.ends_with(&[0x90, 0x00]), "{command:02X?} is answered {answer:02X?}");
    answer
}

/// Reads the current file from its beginning to its end.
fn read_file(card: &mut Chip) -> usize {
    let mut length = 0_u16;
    loop {
        let [high, low] = length.to_be_bytes();
        let answer = card.apdu(&[0x00, 0xB0, high, low, 0x00]);
        length += answer.len() as u16 - 2;
        if answer.len() < 258 {
            return length.into();
        }
    }
}

/// What a reader says to a card for one visit, but for the signature: the photograph by what is
/// printed, which token it is, its certificate with that of the authority, the PIN, the key.
fn conversation(card: &mut Chip) -> usize {
    card.power_on();
    good(card, SURFACE);
    good(card, CODE_B);
    good(card, b"\x00\xA4\x02\x0C\x02\x00\x02");
    let face = read_file(card);
    good(card, JPKI);
    good(card, b"\x00\xB0\x86\x00\x20");
    good(card, b"\x00\xB0\x88\x00\x00");
    good(card, CERTIFICATE);
    let certificate = read_file(card);
    good(card, b"\x00\xA4\x02\x0C\x02\x00\x0B");
    let authority = read_file(card);
    card.apdu(b"\x00\x20\x00\x98");
    good(card, PIN);
    good(card, b"\x00\xA4\x02\x0C\x02\x00\x17");
    card.power_off();
    face + certificate + authority
}

/// COMPUTE DIGITAL SIGNATURE with the user-authentication key.
fn sign_command(hash: &[u8]) -> Vec<u8> {
    [&b"\x80\x2A\x00\x97\x33"[..], &DIGEST_INFO, hash, &[0x00]].concat()
}

/// The same key as that of the card, in the hands of the library alone.
fn bare_key() -> RsaPrivateKey {
    let lines = include_str!("../test-pki/keys.txt").lines();
    let primes = lines.filter_map(|line| line.strip_prefix("user-00 "));
    let primes = primes.filter_map(|digits| BigUint::parse_bytes(digits.as_bytes(), 16)).collect();
    RsaPrivateKey::from_primes(primes, BigUint::from(65_537_u32))
        .unwrap_or_else(|error| panic!("user-00: {error}"))
}

fn commands(criterion: &mut Criterion) {
    let adult = Profile::named("adult").unwrap_or_else(|| panic!("no adult"));
    let mut card = Chip::of(adult);
    // Certificates are issued at the first read.
    conversation(&mut card);

    criterion.bench_function("select", |bencher| bencher.iter(|| card.apdu(JPKI)));
    criterion.bench_function("verify", |bencher| bencher.iter(|| card.apdu(PIN)));
    good(&mut card, CERTIFICATE);
    criterion.bench_function("read-certificate", |bencher| bencher.iter(|| read_file(&mut card)));
    criterion.bench_function("conversation-without-rsa", |bencher| {
        bencher.iter(|| conversation(&mut card));
    });
    criterion.bench_function("a-new-card-with-its-certificate", |bencher| {
        bencher.iter_batched_ref(
            || Chip::of(adult),
            |card| {
                good(card, JPKI);
                good(card, CERTIFICATE);
                read_file(card)
            },
            BatchSize::SmallInput,
        );
    });
}

fn signatures(criterion: &mut Criterion) {
    let hash = [7; 32];
    let padding = || Pkcs1v15Sign { hash_len: None, prefix: Box::new(DIGEST_INFO) };
    let key = bare_key();
    let mut card = Chip::of(Profile::named("adult").unwrap_or_else(|| panic!("no adult")));
    good(&mut card, JPKI);
    good(&mut card, PIN);
    let command = sign_command(&hash);
    let bare = key.sign(padding(), &hash).unwrap_or_default();
    assert_eq!(good(&mut card, &command)[..256], bare[..]);

    criterion.bench_function("sign/library", |bencher| bencher.iter(|| key.sign(padding(), &hash)));
    criterion.bench_function("sign/apdu", |bencher| bencher.iter(|| card.apdu(&command)));
}

criterion_group!(benches, commands, signatures);
criterion_main!(benches);
