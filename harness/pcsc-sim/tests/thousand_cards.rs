//! A thousand cards at once: each is read and signs, and together they stay small. Alone in its
//! file, because what is measured is the whole process.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]
#![expect(clippy::disallowed_methods, reason = "the system alone knows how much memory there was")]
#![expect(clippy::print_stdout, reason = "the figure is the result")]

use pcsc_sim::chip::Chip;
use pcsc_sim::{Profile, SmartCard};

const CARDS: u32 = 1_000;

/// Peak memory of the process, at most.
const MEMORY_MAX_MIB: u64 = 200;

/// The most memory that this process ever had, MiB.
fn peak_memory_mib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() / 1_024
}

fn good(card: &mut Chip, command: &[u8]) -> Vec<u8> {
    let mut answer = card.apdu(command);
    let data = answer.len() - 2;
    assert_eq!(answer.split_off(data), [0x90, 0x00], "{command:02X?}");
    answer
}

/// The file with a short identifier, with its filler.
fn file(card: &mut Chip, id: u8) -> Vec<u8> {
    good(card, &[0x00, 0xA4, 0x02, 0x0C, 0x02, 0x00, id]);
    let mut file = Vec::new();
    loop {
        let [high, low] = u16::try_from(file.len()).unwrap().to_be_bytes();
        let answer = card.apdu(&[0x00, 0xB0, high, low, 0x00]);
        if answer == [0x6B, 0x00] {
            return file;
        }
        file.extend_from_slice(&answer[..answer.len() - 2]);
    }
}

#[test]
fn a_thousand_cards_with_both_certificates_read_fit_into_200_mib() {
    let adult = Profile::named("adult").unwrap();
    let mut cards = Vec::new();
    for number in 0..CARDS {
        let mut holder = adult.sample().clone();
        holder.authentication.serial = number;
        let mut card = Chip::new(adult, holder, adult.secrets().clone());
        card.power_on();
        good(&mut card, b"\x00\xA4\x04\x0C\x0A\xD3\x92\xF0\x00\x26\x01\x00\x00\x00\x01");
        good(&mut card, b"\x00\x20\x00\x98\x041234");
        good(&mut card, b"\x00\x20\x00\x9B\x08TEST1234");
        assert!(file(&mut card, 0x01).len() > 1_700 && file(&mut card, 0x0A).len() > 1_500);
        assert_eq!(good(&mut card, b"\x80\x2A\x03\x97\x04TEST\x00").len(), 256);
        cards.push(card);
    }
    // Each is still itself: no two certificates are the same.
    let mut certificates: Vec<_> = cards.iter_mut().map(|card| file(card, 0x0A)).collect();
    certificates.sort();
    certificates.dedup();
    assert_eq!(certificates.len(), CARDS as usize);

    let peak = peak_memory_mib();
    println!("{CARDS} cards: peak memory {peak} MiB");
    assert!(peak < MEMORY_MAX_MIB, "{peak} MiB");
}
