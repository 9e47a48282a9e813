//! Values an author leaves open, and how a seed closes them.

use std::fmt;
use std::str::FromStr;

use jiff::ToSpan;
use jiff::civil::Date;
use madoguchi_reference::calendar::{Jst, no_date};
use madoguchi_reference::lang::Bilingual;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use serde::de::{Error, MapAccess};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::people::{Certificate, Person};
use crate::scenario::Scenario;

/// A value, or a range of days from which the seed draws one: `{ any: 2024-09-01..2025-12-31 }`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Open<T> {
    /// The author said which.
    Fixed(T),
    /// Any from the first to the last, both included.
    Any(T, T),
}

impl<T: Copy> Open<T> {
    /// The value, if it is not open.
    pub fn fixed(&self) -> Option<T> {
        match self {
            Self::Fixed(value) => Some(*value),
            Self::Any(..) => None,
        }
    }

    /// The first it can be.
    pub fn earliest(&self) -> T {
        match self {
            Self::Fixed(value) | Self::Any(value, _) => *value,
        }
    }

    /// The last it can be.
    pub fn latest(&self) -> T {
        match self {
            Self::Fixed(value) | Self::Any(_, value) => *value,
        }
    }
}

impl<T: fmt::Display> Serialize for Open<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Fixed(value) => serializer.collect_str(value),
            Self::Any(first, last) => {
                use serde::ser::SerializeMap;
                let mut map = serializer.serialize_map(Some(1))?;
                map.serialize_entry("any", &format!("{first}..{last}"))?;
                map.end()
            }
        }
    }
}

/// A value that can be left open.
pub trait Moment: FromStr + PartialOrd {
    /// Says that `text` is no such value, and how one is written.
    fn mistake(text: &str) -> Bilingual;
}

impl Moment for Date {
    fn mistake(text: &str) -> Bilingual {
        no_date(text)
    }
}

impl Moment for Jst {
    fn mistake(text: &str) -> Bilingual {
        // Parsing has the same words; a text that parses after all is told the general ones.
        text.parse::<Self>().err().unwrap_or_else(|| no_date(text))
    }
}

fn parse<T: Moment, E: Error>(text: &str) -> Result<T, E> {
    text.parse().map_err(|_| E::custom(T::mistake(text).to_one_string()))
}

fn parse_range<T: Moment, E: Error>(range: &str) -> Result<Open<T>, E> {
    let Some((first, last)) = range.split_once("..") else {
        let problem =
            Bilingual::new("範囲は 最初..最後 の形で書きます", "a range is written FIRST..LAST");
        return Err(E::custom(problem.to_one_string()));
    };
    let (first, last) = (parse(first.trim())?, parse(last.trim())?);
    if last < first {
        let problem =
            Bilingual::new("範囲が始まる前に終わっています", "the range ends before it starts");
        return Err(E::custom(problem.to_one_string()));
    }
    Ok(Open::Any(first, last))
}

impl<'de, T: Moment> Deserialize<'de> for Open<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor<T>(std::marker::PhantomData<T>);
        impl<'de, T: Moment> serde::de::Visitor<'de> for Visitor<T> {
            type Value = Open<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a date, or { any: FIRST..LAST }")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Open<T>, E> {
                parse(text).map(Open::Fixed)
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Open<T>, A::Error> {
                let Some(key) = map.next_key::<String>()? else {
                    return Err(A::Error::missing_field("any"));
                };
                if key != "any" {
                    return Err(A::Error::unknown_field(&key, &["any"]));
                }
                let range: String = map.next_value()?;
                parse_range(&range)
            }
        }
        deserializer.deserialize_any(Visitor(std::marker::PhantomData))
    }
}

/// Independent streams of random numbers, one for each label, so that a draw added in one place
/// leaves every other place as it was.
#[derive(Clone, Copy, Debug)]
pub struct Streams {
    seed: u64,
}

impl Streams {
    /// The streams of a seed.
    pub fn new(seed: u64) -> Self {
        Self { seed }
    }

    /// The stream with this label.
    pub fn stream(&self, label: &str) -> ChaCha8Rng {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&self.seed.to_le_bytes());
        hasher.update(label.as_bytes());
        ChaCha8Rng::from_seed(*hasher.finalize().as_bytes())
    }

    /// A number from 0 to `below`, not including, from the stream with this label.
    pub fn draw(&self, label: &str, below: u64) -> u64 {
        below_from(&mut self.stream(label), below)
    }
}

/// A number from 0 to `below`, not including; 0 if `below` is 0.
pub fn below_from(stream: &mut impl Rng, below: u64) -> u64 {
    // 64 random bits taken into a range this small lean towards nothing that matters here.
    if below == 0 { 0 } else { stream.next_u64() % below }
}

impl Scenario {
    /// Whether nothing is left open.
    pub fn is_closed(&self) -> bool {
        let open = |c: &Certificate| c.expires.is_some_and(|expires| expires.fixed().is_none());
        let person =
            |p: &Person| p.born.fixed().is_some() && !p.certificates().any(|(_, c)| open(c));
        let steps = self.timeline.iter().all(|step| step.at.fixed().is_some());
        steps && self.people.values().all(person) && self.crowd.is_none()
    }
}

/// Draws everything the author left open, from the seed.
#[must_use]
pub fn close(mut scenario: Scenario, streams: &Streams) -> Scenario {
    let date = |label: String, open: &mut Open<Date>| {
        if let Open::Any(first, last) = *open {
            let days = first.until(last).map_or(0, |span| span.get_days());
            let below = u64::try_from(days).unwrap_or(0) + 1;
            let drawn = i64::try_from(streams.draw(&label, below)).unwrap_or(0);
            *open = Open::Fixed(first.saturating_add(drawn.days()));
        }
    };
    for (name, person) in &mut scenario.people {
        date(format!("people/{name}/born"), &mut person.born);
        for (holder, certificate) in person.certificates_mut() {
            if let Some(expires) = &mut certificate.expires {
                date(format!("people/{name}/{holder}"), expires);
            }
        }
    }
    for (index, step) in scenario.timeline.iter_mut().enumerate() {
        if let Open::Any(first, last) = step.at {
            let label = format!("timeline/{index}/at");
            let seconds = u64::try_from(last.since(first) / 1_000_000).unwrap_or(0) + 1;
            let drawn = i64::try_from(streams.draw(&label, seconds)).unwrap_or(0);
            step.at = Open::Fixed(first.plus(drawn * 1_000_000));
        }
    }
    scenario
}
