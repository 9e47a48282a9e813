//! One application of a card as data: its files, who may read them, what its keys ask for.

use std::collections::BTreeMap;
use std::str::FromStr;

use serde::Deserialize;

use crate::status::StatusWord;

/// Which of the applications it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ApplicationKind {
    /// 公的個人認証: certificates, keys and their PINs.
    Jpki,
    /// 券面事項確認: what is printed, with the photograph.
    Surface,
    /// 券面事項入力補助: the printed text.
    Text,
    /// 住基.
    ResidentRegister,
    /// 共通カード.
    Common,
}

/// An application: a DF with its files.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Application {
    /// Which one.
    #[serde(rename = "application")]
    pub kind: ApplicationKind,
    /// What people call it.
    pub name: super::Text,
    /// The application identifier, 1 to 16 bytes.
    #[serde(deserialize_with = "super::hex")]
    pub aid: Vec<u8>,
    /// The key that signs without naming it (P2 = `00`), and without a PIN.
    #[serde(default)]
    pub signs_with: Option<Key>,
    /// With which command its PINs are changed.
    pub change: Change,
    /// What becomes of SET SESSION KEY (`80 AE`).
    pub session_key: SessionKey,
    /// The files by identifier.
    pub files: BTreeMap<FileId, File>,
}

/// Whether an application takes a session key, for secure messaging.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
pub enum SessionKey {
    /// It takes one.
    Taken {
        /// The reference that has to be verified before.
        after: FileId,
    },
    /// It takes none.
    Refused {
        /// The word that says so.
        refused: StatusWord,
    },
}

/// The identifier of a file, `0001` to `001E`, so that each has a short identifier too. Written
/// as four hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Deserialize)]
#[serde(try_from = "String")]
pub struct FileId(u8);

impl FileId {
    /// The file of a two-byte identifier, if there can be one.
    pub const fn new(id: u16) -> Option<Self> {
        if id >= 0x0001 && id <= 0x001E { Some(Self(id as u8)) } else { None }
    }

    /// The identifier in two bytes.
    pub const fn value(self) -> u16 {
        self.0 as u16
    }

    /// The five bits of the short identifier.
    pub const fn short(self) -> u8 {
        self.0
    }
}

impl FromStr for FileId {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let id = u16::from_str_radix(text, 16).ok().filter(|_| text.len() == 4);
        id.and_then(Self::new).ok_or_else(|| format!("{text:?} is no file, 0001 to 001E expected"))
    }
}

impl TryFrom<String> for FileId {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

/// One elementary file.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
pub enum File {
    /// A transparent one, for READ BINARY.
    Transparent {
        /// What is in it.
        content: Content,
        /// Its length with the filler after the content, bytes. As long as the content if not
        /// given.
        #[serde(default)]
        size: usize,
        /// Who may read it.
        #[serde(default)]
        read: Access,
    },
    /// One of records, for READ RECORD. Everybody may read those that are known.
    Records {
        /// What is in its only record.
        records: Content,
    },
    /// A key that works inside the card.
    Key {
        /// Which one.
        key: Key,
        /// Who may use it.
        #[serde(default, rename = "use")]
        access: Access,
    },
    /// A reference that VERIFY compares with.
    Secret {
        /// What it compares with.
        secret: Secret,
        /// How many wrong entries in a row block it, unless whoever makes the card says
        /// otherwise.
        tries: u8,
    },
}

/// What the bytes of a file are made of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Content {
    /// 署名用電子証明書.
    SignatureCertificate,
    /// The certificate of the authority above it.
    SignatureCa,
    /// 利用者証明用電子証明書.
    AuthenticationCertificate,
    /// The certificate of the authority above it.
    AuthenticationCa,
    /// The token information, 160 bytes.
    TokenInfo,
    /// Which certificates there are, three bytes.
    CertificatesPresent,
    /// Birth date, key and signature.
    AgeRecord,
    /// 券面: birth, sex, name, address, photograph.
    CardFace,
    /// The basic information of the surface application.
    SurfaceBasicInfo,
    /// The card-verifiable certificate of the surface application.
    SurfaceCertificate,
    /// 個人番号 as a picture.
    NumberImage,
    /// 個人番号, 17 bytes.
    Number,
    /// 基本4情報.
    Attributes,
    /// The hashes of the two files before it, signed.
    Integrity,
    /// The card-verifiable certificate of the text application.
    TextCertificate,
    /// The basic information of the text application.
    TextBasicInfo,
    /// The key under which a terminal would send a session key.
    SessionPublicKey,
    /// The public half of the key that the text application signs with, signed.
    SignedPublicKey,
    /// Number, municipality and last day of the card.
    CommonRecord,
    /// A reference to a key, in the common and the resident register application.
    KeyReferenceRecord,
    /// Nobody outside knows; 16 bytes of filler.
    Unknown,
}

/// A private or terminal key.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Key {
    /// 利用者証明用.
    Authentication,
    /// 署名用.
    Signature,
    /// Of the surface application: proves that the card is there.
    Surface,
    /// Of the text application: the same.
    Text,
    /// Of the common application, for INTERNAL AUTHENTICATE only.
    Common,
    /// What the certificate of a terminal is checked with.
    TerminalCa,
}

/// What a reference compares entries with.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Secret {
    /// The PIN of the user-authentication key.
    Pin,
    /// The password of the signature key.
    SignaturePassword,
    /// The PIN that a municipality sets for the text, 住基 and common applications alike. Each
    /// counts for itself.
    CardPin,
    /// 照合番号A, the individual number.
    CodeA,
    /// 照合番号B, from what is printed.
    CodeB,
    /// The birth date, the first six digits of 照合番号B.
    BirthDate,
    /// Nothing: blocked from issue.
    None,
}

/// Who may read a file or use a key: everybody, nobody, or whoever meets one of the conditions.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Access {
    /// Everybody.
    #[default]
    Free,
    /// Nobody.
    Never,
    /// Whoever meets one of them.
    #[serde(untagged)]
    AnyOf(Vec<Condition>),
}

impl Access {
    /// Whether this condition is one of those that open it.
    pub fn is_met_by(&self, condition: Condition) -> bool {
        matches!(self, Self::AnyOf(conditions) if conditions.contains(&condition))
    }
}

/// What a card has to be convinced of.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Condition {
    /// SIM-ONLY: an approved terminal (特定機関認証).
    Terminal,
    /// The holder, by the phone itself (Face ID, Touch ID).
    Holder,
    /// The entry of a reference of the same application.
    #[serde(untagged)]
    Verified(FileId),
}

/// With which command the PINs of an application are changed after a VERIFY.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// CHANGE REFERENCE DATA, `00 24 01 80`.
    ReferenceData,
    /// CHANGE KEY of JICSAP, `80 32 00 80`.
    Key,
    /// None.
    Nothing,
}
