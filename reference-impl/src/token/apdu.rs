//! Command and response APDUs, as far as a reader of the health insurance needs them.
//!
//! No card specification is public. The bytes are those that open-source clients send to real
//! cards.

/// The applications a reader selects.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Application {
    /// 公的個人認証 (JPKI).
    Jpki,
    /// 券面事項確認.
    Surface,
}

impl Application {
    const fn identifier(self) -> [u8; 10] {
        match self {
            Self::Jpki => [0xD3, 0x92, 0xF0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01],
            Self::Surface => [0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x02],
        }
    }
}

/// Files and references of the JPKI application, and of the surface application where it says
/// so.
pub(crate) mod file {
    /// What the token says of itself.
    pub(crate) const TOKEN_INFO: u16 = 0x0006;
    /// 利用者証明用電子証明書.
    pub(crate) const AUTHENTICATION_CERTIFICATE: u16 = 0x000A;
    /// The key of 利用者証明用.
    pub(crate) const AUTHENTICATION_KEY: u16 = 0x0017;
    /// 利用者証明用暗証番号.
    pub(crate) const PIN: u16 = 0x0018;
    /// 署名用パスワード.
    pub(crate) const SIGNATURE_PASSWORD: u16 = 0x001B;
    /// Surface application: the face of the card, with the photograph.
    pub(crate) const CARD_FACE: u16 = 0x0002;
    /// Surface application: 照合番号B.
    pub(crate) const CODE_B: u16 = 0x0012;
}

/// Selects an application; no file control information is wanted.
pub(crate) fn select_application(application: Application) -> Vec<u8> {
    with_data([0x00, 0xA4, 0x04, 0x0C], &application.identifier())
}

/// Selects a file of the application.
pub(crate) fn select_file(id: u16) -> Vec<u8> {
    with_data([0x00, 0xA4, 0x02, 0x0C], &id.to_be_bytes())
}

/// Reads `length` bytes of the current file, 1 to 256.
pub(crate) fn read_binary(offset: u16, length: u16) -> Vec<u8> {
    let [high, low] = offset.to_be_bytes();
    // Le is one byte; 256 is written as 0.
    vec![0x00, 0xB0, high, low, length.to_be_bytes()[1]]
}

/// Asks how many entries the current reference has left. It costs none.
pub(crate) fn ask_counter() -> Vec<u8> {
    vec![0x00, 0x20, 0x00, 0x80]
}

/// Compares an entry with the current reference.
pub(crate) fn verify(entry: &[u8]) -> Vec<u8> {
    with_data([0x00, 0x20, 0x00, 0x80], entry)
}

/// Has the current key sign the SHA-256 `digest` (PKCS#1 v1.5).
pub(crate) fn sign(digest: &[u8; 32]) -> Vec<u8> {
    /// DigestInfo of SHA-256, up to the digest itself (RFC 8017, 9.2).
    const SHA_256: [u8; 19] = [
        0x30, 0x31, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01,
        0x05, 0x00, 0x04, 0x20,
    ];
    let mut command = with_data([0x80, 0x2A, 0x00, 0x80], &[&SHA_256[..], digest].concat());
    command.push(0x00);
    command
}

/// **SIM-ONLY.** Shows the terminal's certificate (特定機関認証); it needs an extended length.
pub(crate) fn show_certificate(certificate: &[u8]) -> Vec<u8> {
    let length = u16::try_from(certificate.len()).unwrap_or(u16::MAX).to_be_bytes();
    [&[0x80, 0xA2, 0x00, 0xC1, 0x00], &length[..], certificate].concat()
}

/// Asks for 16 random bytes.
pub(crate) fn get_challenge() -> Vec<u8> {
    vec![0x00, 0x84, 0x00, 0x00, 0x10]
}

/// **SIM-ONLY.** Proves that the terminal is the one of the certificate.
pub(crate) fn prove(proof: &[u8; 32]) -> Vec<u8> {
    with_data([0x00, 0x82, 0x00, 0x96], proof)
}

/// Fetches what a card has announced with `61xx`.
pub(crate) fn get_response(length: u8) -> Vec<u8> {
    vec![0x00, 0xC0, 0x00, 0x00, length]
}

/// The same command with another Le, for a card that answered `6Cxx`. A command of a header
/// alone gets one; any other has it as its last byte.
pub(crate) fn with_length(mut command: Vec<u8>, length: u8) -> Vec<u8> {
    if command.len() > 4 {
        command.pop();
    }
    command.push(length);
    command
}

fn with_data(header: [u8; 4], data: &[u8]) -> Vec<u8> {
    // Nothing here is longer than a short APDU takes, but for what a patient types; the card
    // then says that the length is wrong.
    let length = u8::try_from(data.len()).unwrap_or(u8::MAX);
    [&header[..], &[length], data].concat()
}

/// What a card answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Response<'a> {
    /// Everything before the status word.
    pub(crate) data: &'a [u8],
    /// The status word.
    pub(crate) status: u16,
}

impl<'a> Response<'a> {
    /// `None` if the bytes cannot be a response: shorter than a status word, or ending in
    /// something that no card says. A contact may have been lost in the middle.
    pub(crate) fn read(bytes: &'a [u8]) -> Option<Self> {
        let (data, status) = bytes.split_last_chunk::<2>()?;
        let known = matches!(status[0], 0x61..=0x6F | 0x90);
        known.then_some(Self { data, status: u16::from_be_bytes(*status) })
    }

    /// The `x` of a `63Cx`: entries left.
    pub(crate) fn entries_left(&self) -> Option<u8> {
        let [first, second] = self.status.to_be_bytes();
        (first == 0x63 && second & 0xF0 == 0xC0).then_some(second & 0x0F)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_the_bytes_that_clients_send() {
        let select = select_application(Application::Jpki);
        assert_eq!(hex(&select), "00A4040C0AD392F000260100000001");
        assert_eq!(hex(&select_file(file::PIN)), "00A4020C020018");
        assert_eq!(hex(&read_binary(0x0100, 256)), "00B0010000");
        assert_eq!(hex(&read_binary(0, 160)), "00B00000A0");
        assert_eq!(hex(&ask_counter()), "00200080");
        assert_eq!(hex(&verify(b"1234")), "002000800431323334");
        let signing = hex(&sign(&[0xAB; 32]));
        assert!(signing.starts_with("802A0080333031300D060960864801650304020105000420ABAB"));
        assert!(signing.ends_with("ABAB00"));
        assert_eq!(hex(&show_certificate(&[0x5F; 307]))[..14], *"80A200C1000133");
    }

    #[test]
    fn a_wrong_length_is_asked_for_again_with_the_right_one() {
        assert_eq!(hex(&with_length(read_binary(0, 256), 0x20)), "00B0000020");
        assert_eq!(hex(&with_length(ask_counter(), 0x02)), "0020008002");
    }

    #[test]
    fn what_is_too_short_or_ends_in_no_status_word_is_no_response() {
        assert_eq!(Response::read(&[]), None);
        assert_eq!(Response::read(&[0x90]), None);
        assert_eq!(Response::read(&[0x30, 0x82]), None);
        assert_eq!(Response::read(&[1, 0x63, 0xC2]).and_then(|r| r.entries_left()), Some(2));
        assert_eq!(Response::read(&[0x63, 0x00]).and_then(|r| r.entries_left()), None);
    }

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02X}")).collect()
    }
}
