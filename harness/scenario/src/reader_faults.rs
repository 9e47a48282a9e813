//! What goes wrong at a reader, as an author writes it: between card and reader, before the
//! camera, in the chip, on the way to the chip, and with staff.

use madoguchi_reference::calendar::Jst;
use madoguchi_reference::lang::Bilingual;
use serde::{Deserialize, Serialize};

/// Something that goes wrong at a reader from a moment until another.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReaderFault {
    /// What.
    pub what: ReaderFaultKind,
    /// From.
    pub from: Jst,
    /// Until, not including.
    pub to: Jst,
    /// How often it happens: at print and camera in each visit, at chip and device to each card
    /// or phone; every time, if not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<u16>,
    /// At which command APDU since the chip was given power, counted from 1; at any, if not
    /// given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_apdu: Option<u16>,
    /// Which reader: the face reader's own, or the general-purpose one; both, if not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slot: Option<SlotOf>,
    /// Whose card it is, for `swapped`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with: Option<String>,
    /// How late, for `slow`: the delay of each command, in milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delay_ms: Option<u32>,
}

/// Where a card or phone is read.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SlotOf {
    /// The card slot of the 顔認証付きカードリーダー.
    Face,
    /// The 汎用カードリーダー for phones.
    General,
}

/// Where a fault takes effect, and with that what it may say beside `what`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Place {
    /// The card as it lies there, to the reader's camera.
    Print,
    /// The face before the camera.
    Camera,
    /// The chip, and the contact with it.
    Chip,
    /// The reader as a device of the PC, and its service.
    Device,
    /// What staff do.
    Staff,
}

impl Place {
    /// Its name, for authors.
    pub fn name(self) -> Bilingual {
        match self {
            Self::Print => Bilingual::new("券面", "print"),
            Self::Camera => Bilingual::new("カメラ", "camera"),
            Self::Chip => Bilingual::new("チップ", "chip"),
            Self::Device => Bilingual::new("機器", "device"),
            Self::Staff => Bilingual::new("職員", "staff"),
        }
    }
}

macro_rules! reader_faults {
    ($($name:ident = $word:literal @ $place:ident : $ja:literal, $en:literal;)*) => {
        /// What can go wrong at a reader. [`Self::effect`] says what that does.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
        pub enum ReaderFaultKind {
            $(#[doc = $en] #[serde(rename = $word)] $name),*
        }

        impl ReaderFaultKind {
            /// All of them, in the order in which they are listed for authors.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// As written in a scenario.
            pub fn word(self) -> &'static str {
                match self { $(Self::$name => $word),* }
            }

            /// Where it takes effect.
            pub fn place(self) -> Place {
                match self { $(Self::$name => Place::$place),* }
            }

            /// What it does, for authors.
            pub fn effect(self) -> Bilingual {
                match self { $(Self::$name => Bilingual::new($ja, $en)),* }
            }
        }
    };
}

reader_faults! {
    CardInSleeve = "card-in-sleeve" @ Print:
        "カードがケースに入ったままで、券面を読み取れない。チップは応答するが、顔写真を開けない。",
        "The card is in its sleeve: the print cannot be read. The chip answers, but its photograph cannot be opened.";
    WrongSideUp = "wrong-side-up" @ Print:
        "カードが裏返しに置かれ、券面を読み取れない。チップは応答するが、顔写真を開けない。",
        "The card lies wrong side up: the print cannot be read. The chip answers, but its photograph cannot be opened.";
    TooClose = "too-close" @ Camera:
        "顔がカメラに近すぎて、写らない。",
        "The face is too close to the camera to be seen.";
    BackLight = "back-light" @ Camera:
        "逆光又は外光のため、顔が写らない。",
        "Light from behind or from outside keeps the camera from seeing the face.";
    FaceCovered = "face-covered" @ Camera:
        "マスク、帽子、髪で顔が隠れている。",
        "Mask, hat or hair covers the face.";
    PhotoTooOld = "photo-too-old" @ Camera:
        "顔写真が古く、別人の顔と判定される。",
        "The photograph is much older than the face, and the camera takes them for two people.";
    Mute = "mute" @ Chip:
        "チップが応答しない。待ち時間が過ぎるまで、何も返らない。",
        "The chip says nothing; the reader waits until its patience is over.";
    Slow = "slow" @ Chip:
        "応答が、命令ごとに delay_ms だけ遅れる。",
        "Each command is answered `delay_ms` later.";
    Truncated = "truncated" @ Chip:
        "応答の後半が失われる。",
        "The second half of the answer is lost.";
    Empty = "empty" @ Chip:
        "応答が0バイトになる。",
        "The answer has no bytes at all.";
    OneByte = "one-byte" @ Chip:
        "応答が1バイトになる。",
        "The answer has a single byte.";
    WrongLength = "wrong-length" @ Chip:
        "長さの誤りとして 6Cxx が返る。示された長さで送り直すと応答する。",
        "The card answers 6Cxx and then answers the command sent again with that length.";
    MoreData = "more-data" @ Chip:
        "61xx が返る。GET RESPONSE で残りを受け取る。",
        "The card answers 61xx and gives the rest to GET RESPONSE.";
    Pulled = "pulled" @ Chip:
        "命令の途中でカードが抜かれる。置き直せば、初めから読める。",
        "The card is pulled in the middle of a command. Put there again, it can be read from the beginning.";
    Swapped = "swapped" @ Chip:
        "命令と命令の間に、別の人のカードに置き換わる。",
        "Between two commands somebody else's card takes the place of this one.";
    NotAMyNumberCard = "not-a-my-number-card" @ Chip:
        "マイナンバーカードではないICカードが置かれる。",
        "The card has a chip, but is no My Number card.";
    ResetByAnother = "reset-by-another" @ Device:
        "別のプログラムがカードをリセットする。選択と照合の結果が失われる。",
        "Another program resets the card: what was selected and verified is lost.";
    SharingViolation = "sharing-violation" @ Device:
        "別のプログラムがカードを占有している。",
        "Another program has the card to itself.";
    PowerUpFails = "power-up-fails" @ Device:
        "カードに電源を入れられない。",
        "The card cannot be given power.";
    Unresponsive = "unresponsive" @ Device:
        "カードはあるが、リセットに応答しない。",
        "The card is there and does not answer to reset.";
    BadAtr = "bad-atr" @ Device:
        "リセットへの応答が壊れている。",
        "The answer to reset makes no sense.";
    ReaderUnplugged = "reader-unplugged" @ Device:
        "リーダーがUSBから抜けている。",
        "The reader is unplugged.";
    ReaderRenamed = "reader-renamed" @ Device:
        "リーダーが抜けて、別の名前で戻る。",
        "The reader was unplugged and is back under another name.";
    ServiceRestarted = "service-restarted" @ Device:
        "カードのサービスが再起動する。開いていた接続はすべて無効になる。",
        "The service for cards is restarted: every open connection is void.";
    NoService = "no-service" @ Device:
        "カードのサービスが動いていない。",
        "The service for cards is not running.";
    VisualModeLeftOn = "visual-mode-left-on" @ Staff:
        "目視の後、職員が自動運転に戻し忘れる。次の患者は顔認証を使えない。",
        "After a visual check staff forget to switch back: the next patient cannot use face recognition.";
}

impl ReaderFaultKind {
    /// Whether it keeps a card from being connected at all, so that no command is struck.
    const fn is_at_connection(self) -> bool {
        matches!(
            self,
            Self::SharingViolation
                | Self::PowerUpFails
                | Self::Unresponsive
                | Self::BadAtr
                | Self::NotAMyNumberCard
        )
    }
}

impl ReaderFault {
    /// What does not go together in it.
    pub(crate) fn problem(&self) -> Option<Bilingual> {
        let word = self.what.word();
        let chip = matches!(self.what.place(), Place::Chip | Place::Device);
        if self.to <= self.from {
            Some(Bilingual::new("終わりは始まりより後です", "a fault ends after it begins"))
        } else if self.at_apdu.is_some() && !chip {
            Some(Bilingual::new(
                format!("`at_apdu` は、チップかリーダーの障害に書きます。{word} には書けません"),
                format!("`at_apdu` belongs to faults of chip or device, not to {word}"),
            ))
        } else if self.at_apdu.is_some() && self.what.is_at_connection() {
            Some(Bilingual::new(
                format!("{word} はカードにつなぐときに起こるので、`at_apdu` は書けません"),
                format!("{word} strikes when the card is connected, so `at_apdu` says nothing"),
            ))
        } else if self.at_apdu == Some(0) {
            Some(Bilingual::new("命令は 1 から数えます", "commands are counted from 1"))
        } else if self.slot.is_some() && !chip {
            Some(Bilingual::new(
                format!("`slot` は、チップかリーダーの障害に書きます。{word} には書けません"),
                format!("`slot` belongs to faults of chip or device, not to {word}"),
            ))
        } else if self.with.is_some() != (self.what == ReaderFaultKind::Swapped) {
            Some(Bilingual::new(
                "`with`（誰のカードか）は swapped に、swapped にだけ書きます",
                "`with`, whose card it is, belongs to swapped and to nothing else",
            ))
        } else if self.delay_ms.is_some() != (self.what == ReaderFaultKind::Slow) {
            Some(Bilingual::new(
                "`delay_ms`（遅れ）は slow に、slow にだけ書きます",
                "`delay_ms` belongs to slow and to nothing else",
            ))
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_has_a_name_of_its_own_and_says_its_effect_in_both_languages() {
        let words: std::collections::BTreeSet<_> =
            ReaderFaultKind::ALL.iter().map(|kind| kind.word()).collect();
        assert_eq!(words.len(), ReaderFaultKind::ALL.len());
        for kind in ReaderFaultKind::ALL {
            let effect = kind.effect();
            assert!(effect.ja.ends_with('。') && effect.en.ends_with('.'), "{}", kind.word());
            let written = serde_yaml::to_string(kind).unwrap();
            assert_eq!(written.trim(), kind.word());
        }
    }
}
