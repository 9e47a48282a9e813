//! What a terminal asks of a card, and what it gets back.
//!
//! One [`Command`] stands for the few APDUs that a terminal sends for one purpose,
//! including the SELECT before them. When the APDU layer comes it goes below these.

use serde::{Deserialize, Serialize};

use crate::carrier::Carrier;
use crate::status::StatusWord;
use crate::terminal::SimOnly;
use crate::token::{Certificate, Photo};

/// One request to a card.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Command {
    /// Which token is this: EF 0006 and EF 0008.
    ReadToken,
    /// The user-authentication certificate, EF 000A.
    ReadCertificate,
    /// An entry for the user-authentication PIN. The empty one asks for the counter.
    Verify {
        /// The text as it was typed.
        entry: String,
    },
    /// How many entries remain: the VERIFY without data.
    AskRetries,
    /// The photograph, from the surface application.
    ReadPhoto,
    /// 特定機関認証, in the synthetic form of [`crate::terminal`].
    AuthenticateTerminal,
    /// A signature with the user-authentication key over a challenge of 1 to 245 bytes.
    Sign {
        /// What the other side wants signed.
        challenge: String,
    },
}

/// What came back.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Reply {
    /// Nothing is on the reader, or it has just been taken away.
    NoCard,
    /// Something is there and does not answer.
    Silence,
    /// The card answered.
    Answer {
        /// How it ended.
        status: StatusWord,
        /// What was asked for, if it ended well and there is anything to give.
        data: Option<Data>,
    },
}

impl Reply {
    /// An answer of a status word alone.
    pub const fn status_only(status: StatusWord) -> Self {
        Self::Answer { status, data: None }
    }

    /// A good answer with data.
    pub const fn with(data: Data) -> Self {
        Self::Answer { status: StatusWord::OK, data: Some(data) }
    }

    /// The status word, if anything answered.
    pub const fn status(&self) -> Option<StatusWord> {
        match self {
            Self::Answer { status, .. } => Some(*status),
            Self::NoCard | Self::Silence => None,
        }
    }

    /// The data, if there is any.
    pub const fn data(&self) -> Option<&Data> {
        match self {
            Self::Answer { data, .. } => data.as_ref(),
            Self::NoCard | Self::Silence => None,
        }
    }

    /// Whether the card answered `9000`.
    pub fn is_ok(&self) -> bool {
        self.status().is_some_and(StatusWord::is_ok)
    }
}

/// What a good answer can carry.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Data {
    /// For [`Command::ReadToken`].
    Token(TokenInfo),
    /// For [`Command::ReadCertificate`].
    Certificate(Certificate),
    /// For [`Command::ReadPhoto`].
    Photo(Photo),
    /// For what has no public counterpart.
    SimOnly(SimOnly),
    /// For [`Command::Sign`].
    Proof(Proof),
}

/// What a token says of itself.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct TokenInfo {
    /// The label in EF 0006.
    pub label: String,
    /// EF 0008, which certificates exist: byte 0 signature, byte 1 user authentication,
    /// `8F` for yes. Only `8F 8F 00` has been observed; `00` for no is inferred.
    pub certificates: [u8; 3],
    /// The applications that can be selected.
    pub applications: Vec<Application>,
}

/// An application on the chip.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Application {
    /// 公的個人認証: certificates, keys and their PINs.
    Jpki,
    /// 券面事項確認: what is printed, with the photograph.
    Surface,
    /// 券面事項入力補助: the printed text. Not used by the reception.
    Text,
    /// 住基. Not used by the reception.
    ResidentRegister,
    /// 共通カード. Not used by the reception.
    Common,
}

impl Application {
    /// What a carrier holds: a card everything, a phone the JPKI application only.
    pub const fn on(carrier: Carrier) -> &'static [Self] {
        match carrier {
            Carrier::Card => {
                &[Self::Jpki, Self::Surface, Self::Text, Self::ResidentRegister, Self::Common]
            }
            Carrier::Android | Carrier::IPhone => &[Self::Jpki],
        }
    }
}

/// Says of a proof that it proves nothing outside a simulation.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Marker {
    /// The only one there is.
    #[serde(rename = "TEST")]
    Test,
}

/// Stands for a signature: whose key, over what. There is no cryptography in it yet, and
/// the marker keeps it from ever being taken for a real one.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Proof {
    /// Always `TEST`.
    pub marker: Marker,
    /// 発行番号 of the certificate whose key signed.
    pub serial: String,
    /// What was signed, so that an old proof does not fit a new question.
    pub challenge: String,
}
