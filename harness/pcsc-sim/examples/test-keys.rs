//! Makes `test-pki/keys.txt`, the keys of the test hierarchy. The same file every time:
//!
//! ```sh
//! cargo run -p pcsc-sim --example test-keys > harness/pcsc-sim/test-pki/keys.txt
//! cargo run -p pcsc-sim --example test-keys -- --check
//! ```
//!
//! The second form writes nothing and fails when the committed file is another one.

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::ExitCode;

use crypto_bigint::U256;
use crypto_primes::{Flavor, is_prime};
use pcsc_sim::pki::{PRIMES_PER_KEY, Role};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

const SEED: &[u8; 32] = b"TEST keys of pcsc-sim, no secret";

/// Every prime begins with four one bits, so that the product of eight has all 2048 bits:
/// (15/16)^8 is more than one half.
const LEADING_ONES: u8 = 0xF0;

/// 65537 must have an inverse modulo every prime less one.
const PUBLIC_EXPONENT: u32 = 65_537;

const HEADER: &str = "\
# TEST KEYS. Public, worthless, made by examples/test-keys.rs. Never use them for anything real.
# One line is one prime factor: the name of the key, then 256 bits in hexadecimal.
";

fn main() -> ExitCode {
    let made = key_file();
    if std::env::args().nth(1).as_deref() == Some("--check") {
        return if made == committed() { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    }
    match std::io::stdout().write_all(made.as_bytes()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn committed() -> &'static str {
    include_str!("../test-pki/keys.txt")
}

/// The whole file. Each key has a stream of its own, so a new key leaves the others as they are.
fn key_file() -> String {
    let mut text = HEADER.to_owned();
    for role in Role::all() {
        let mut stream = stream_of(&role.to_string());
        for _ in 0..PRIMES_PER_KEY {
            let _ = writeln!(text, "{role} {}", hexadecimal(&prime(&mut stream)));
        }
    }
    text
}

/// The numbers a key is made of: ChaCha under [`SEED`], with the key's name mixed in.
fn stream_of(name: &str) -> ChaCha20Rng {
    let mut seed = *SEED;
    for (position, byte) in name.bytes().enumerate() {
        seed[position % seed.len()] ^= byte;
    }
    ChaCha20Rng::from_seed(seed)
}

/// The next prime of 256 bits. Candidates are drawn here and only judged by the library, so
/// that a new release of it cannot make other keys.
fn prime(stream: &mut ChaCha20Rng) -> [u8; 32] {
    loop {
        let mut bytes = [0; 32];
        stream.fill_bytes(&mut bytes);
        bytes[0] |= LEADING_ONES;
        bytes[31] |= 1;
        // Most candidates fall at the first small divisor; it saves three quarters of the time.
        let small_divisor = (3..100).step_by(2).any(|divisor| remainder(&bytes, divisor) == 0);
        let fits = !small_divisor && remainder(&bytes, PUBLIC_EXPONENT) != 1;
        if fits && is_prime(Flavor::Any, &U256::from_be_slice(&bytes)) {
            return bytes;
        }
    }
}

fn remainder(bytes: &[u8], divisor: u32) -> u32 {
    let divisor = u64::from(divisor);
    let rest = bytes.iter().fold(0, |rest, &byte| (rest * 256 + u64::from(byte)) % divisor);
    rest as u32
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_committed_keys_are_the_ones_this_program_makes() {
        assert!(super::key_file() == super::committed(), "make test-pki/keys.txt again");
    }

    #[test]
    fn remainders_are_those_of_long_division() {
        // 0x010001 is the divisor itself; 0x010005 leaves 4.
        assert_eq!(super::remainder(&[0x01, 0x00, 0x01], 65_537), 0);
        assert_eq!(super::remainder(&[0x01, 0x00, 0x05], 65_537), 4);
    }
}
