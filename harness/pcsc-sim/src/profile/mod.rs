//! Card profiles: what kinds of card there are, as data.
//!
//! A profile says everything in which one kind of card differs from another: the answer to reset,
//! the applications with their files, who may read them, how many tries a PIN has, and how long
//! the card remembers whom it was convinced by. The files are in `profiles/`; this module reads
//! them. What they say comes from public reverse engineering, not from a specification of J-LIS,
//! and what is assumed or invented is marked there.

mod application;
mod sample;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;
use serde::de::{Deserializer, Error as _};

use crate::carrier::Carrier;
use crate::chip::Secrets;
use crate::content::Holder;

pub use application::{
    Access, Application, ApplicationKind, Change, Condition, Content, File, FileId, Key, Secret,
    SessionKey,
};
use sample::Sample;

/// One kind of card or phone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Profile {
    name: String,
    title: Text,
    limits: Option<Text>,
    carrier: Carrier,
    algorithm: Algorithm,
    atr: Vec<u8>,
    contact_atr: Vec<u8>,
    card_manager: Vec<u8>,
    status_life: StatusLife,
    applications: Vec<Application>,
    holder: Holder,
    secrets: Secrets,
}

/// A text for people, in both languages.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// Japanese.
    pub ja: String,
    /// English.
    pub en: String,
}

/// With what the keys of a card sign.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Algorithm {
    /// RSA with 2048 bits, and SHA-256.
    Rsa2048,
    /// ECDSA on P-384, and SHA-384. Announced for the next card; not signed with here.
    EcdsaP384,
}

/// What the card remembers, where those who looked do not agree or where cards may differ.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatusLife {
    /// When the application that is selected is selected again.
    pub reselect: Remembered,
    /// At a warm reset. The selection is lost in either case.
    pub warm_reset: Remembered,
}

/// What becomes of what the card was convinced of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Remembered {
    /// It stays.
    Keep,
    /// It is forgotten.
    Clear,
}

/// A file of `profiles/`, before the applications are put in.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    profile: String,
    title: Text,
    #[serde(default)]
    limits: Option<Text>,
    carrier: Carrier,
    algorithm: Algorithm,
    #[serde(deserialize_with = "hex")]
    atr: Vec<u8>,
    #[serde(default, deserialize_with = "hex")]
    contact_atr: Vec<u8>,
    #[serde(default, deserialize_with = "hex")]
    card_manager: Vec<u8>,
    status_life: StatusLife,
    applications: Vec<Like>,
    sample: Sample,
}

/// An application like one of `profiles/applications/`, with other files in some places.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Like {
    like: String,
    /// A file in place of the one with the same identifier; nothing takes it away.
    #[serde(default)]
    except: BTreeMap<FileId, Option<File>>,
}

const APPLICATIONS: [(&str, &str); 7] = [
    ("jpki", include_str!("../../profiles/applications/jpki.yaml")),
    ("surface", include_str!("../../profiles/applications/surface.yaml")),
    ("text", include_str!("../../profiles/applications/text.yaml")),
    ("resident-register", include_str!("../../profiles/applications/resident-register.yaml")),
    ("common", include_str!("../../profiles/applications/common.yaml")),
    ("next-authentication", include_str!("../../profiles/applications/next-authentication.yaml")),
    ("next-surface", include_str!("../../profiles/applications/next-surface.yaml")),
];

const PROFILES: [(&str, &str); 9] = [
    ("adult", include_str!("../../profiles/adult.yaml")),
    ("face-only", include_str!("../../profiles/face-only.yaml")),
    ("under-15", include_str!("../../profiles/under-15.yaml")),
    ("under-1", include_str!("../../profiles/under-1.yaml")),
    ("locked", include_str!("../../profiles/locked.yaml")),
    ("expired", include_str!("../../profiles/expired.yaml")),
    ("android", include_str!("../../profiles/android.yaml")),
    ("iphone", include_str!("../../profiles/iphone.yaml")),
    ("next", include_str!("../../profiles/next.yaml")),
];

static ALL: LazyLock<Vec<Profile>> = LazyLock::new(|| {
    let read = |(name, text): &(&str, &str)| {
        Profile::read(text).unwrap_or_else(|error| panic!("profiles/{name}.yaml: {error}"))
    };
    PROFILES.iter().map(read).collect()
});

impl Profile {
    /// The profile with this name: `adult`, `face-only`, `under-15`, `under-1`, `locked`,
    /// `expired`, `android`, `iphone` or `next`.
    pub fn named(name: &str) -> Option<&'static Self> {
        ALL.iter().find(|profile| profile.name == name)
    }

    /// Every profile, the usual one first.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        ALL.iter()
    }

    fn read(text: &str) -> Result<Self, String> {
        let written: Written = serde_yaml::from_str(text).map_err(|error| error.to_string())?;
        let applications = written.applications.into_iter().map(Like::application);
        let applications: Vec<Application> = applications.collect::<Result<_, _>>()?;
        let (holder, secrets) =
            written.sample.made(&applications).map_err(|error| error.to_string())?;
        Ok(Self {
            name: written.profile,
            title: written.title,
            limits: written.limits,
            carrier: written.carrier,
            algorithm: written.algorithm,
            atr: written.atr,
            contact_atr: written.contact_atr,
            card_manager: written.card_manager,
            status_life: written.status_life,
            applications,
            holder,
            secrets,
        })
    }

    /// Its name, for a command line.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it is, in one line.
    pub const fn title(&self) -> &Text {
        &self.title
    }

    /// What an experimental profile does not do; nothing on the others.
    pub const fn limits(&self) -> Option<&Text> {
        self.limits.as_ref()
    }

    /// What carries the chip.
    pub const fn carrier(&self) -> Carrier {
        self.carrier
    }

    /// With what its keys sign.
    pub const fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// The answer to reset that a contactless reader makes up for it.
    pub fn atr(&self) -> &[u8] {
        &self.atr
    }

    /// The answer to reset at its contacts; on a phone there are none and this is empty.
    pub fn contact_atr(&self) -> &[u8] {
        &self.contact_atr
    }

    /// The identifier that leads back to the power-on state, where GET DATA has its objects;
    /// empty on a phone.
    pub fn card_manager(&self) -> &[u8] {
        &self.card_manager
    }

    /// How long it remembers.
    pub const fn status_life(&self) -> StatusLife {
        self.status_life
    }

    /// Its applications, in the order in which a part of an identifier finds them.
    pub fn applications(&self) -> &[Application] {
        &self.applications
    }

    /// A fictional holder of such a card.
    pub const fn sample(&self) -> &Holder {
        &self.holder
    }

    /// What the fictional holder types, with the tries of the profile.
    pub const fn secrets(&self) -> &Secrets {
        &self.secrets
    }
}

impl Like {
    fn application(self) -> Result<Application, String> {
        let found = APPLICATIONS.iter().find(|(name, _)| *name == self.like);
        let (name, text) = found.ok_or_else(|| format!("no application like {:?}", self.like))?;
        let mut application: Application =
            serde_yaml::from_str(text).map_err(|error| format!("applications/{name}: {error}"))?;
        for (id, file) in self.except {
            match file {
                Some(file) => application.files.insert(id, file),
                None => application.files.remove(&id),
            };
        }
        Ok(application)
    }
}

/// Bytes as hexadecimal digits, blanks between them as one likes.
fn hex<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<u8>, D::Error> {
    let text = String::deserialize(from)?;
    let digits: Vec<u32> = text
        .chars()
        .filter(|character| *character != ' ')
        .map(|character| character.to_digit(16))
        .collect::<Option<_>>()
        .filter(|digits: &Vec<u32>| digits.len().is_multiple_of(2))
        .ok_or_else(|| D::Error::custom(format!("{text:?} is not hexadecimal")))?;
    Ok(digits.chunks(2).map(|pair| (pair[0] << 4 | pair[1]) as u8).collect())
}
