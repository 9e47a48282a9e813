//! The value of a parameter.

use serde::{Deserialize, Serialize};

/// A whole number, a row of them such as the steps of a table, or a text; a date is a text.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(untagged)]
pub enum ParameterValue {
    /// A whole number.
    Number(i64),
    /// Whole numbers in an order that means something.
    Numbers(Vec<i64>),
    /// A word, a date or an identifier.
    Text(String),
}

impl std::fmt::Display for ParameterValue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Number(number) => write!(f, "{number}"),
            Self::Numbers(numbers) => {
                let words: Vec<String> = numbers.iter().map(ToString::to_string).collect();
                f.write_str(&words.join(", "))
            }
            Self::Text(text) => f.write_str(text),
        }
    }
}

impl<'de> Deserialize<'de> for ParameterValue {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = ParameterValue;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a whole number, a list of them, a word or a date")
            }

            fn visit_i64<E>(self, number: i64) -> Result<ParameterValue, E> {
                Ok(ParameterValue::Number(number))
            }

            fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<ParameterValue, E> {
                i64::try_from(number).map(ParameterValue::Number).map_err(E::custom)
            }

            fn visit_str<E>(self, text: &str) -> Result<ParameterValue, E> {
                Ok(ParameterValue::Text(text.to_owned()))
            }

            fn visit_seq<A: serde::de::SeqAccess<'de>>(
                self,
                mut list: A,
            ) -> Result<ParameterValue, A::Error> {
                let mut numbers = Vec::new();
                while let Some(number) = list.next_element()? {
                    numbers.push(number);
                }
                Ok(ParameterValue::Numbers(numbers))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}
