//! The two languages of every text for users. A text is made of both at once, so the compiler
//! sees that neither is missing.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A language for users.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Lang {
    /// 日本語.
    Ja,
    /// English.
    #[default]
    En,
}

impl Lang {
    /// The text in this language.
    pub fn pick<'a>(self, ja: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Ja => ja,
            Self::En => en,
        }
    }
}

impl FromStr for Lang {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "ja" => Ok(Self::Ja),
            "en" => Ok(Self::En),
            // Nobody has chosen a language yet, so both are told.
            other => Err(format!("`{other}` is neither ja nor en / ja か en を指定してください")),
        }
    }
}

/// A text for users, in both languages. It has no `Display`: whoever shows it has to say in
/// which language.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bilingual {
    /// Japanese.
    pub ja: String,
    /// English.
    pub en: String,
}

/// Stands before and between the two texts of [`Bilingual::to_one_string`]: U+001F, the ASCII
/// unit separator, which no text for users holds.
const SEPARATOR: char = '\u{1f}';

impl Bilingual {
    /// A text in both languages.
    pub fn new(ja: impl Into<String>, en: impl Into<String>) -> Self {
        Self { ja: ja.into(), en: en.into() }
    }

    /// A text that is the same in both: a name, or what a foreign program said.
    pub fn same(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { ja: text.clone(), en: text }
    }

    /// The text in `lang`.
    pub fn pick(&self, lang: Lang) -> &str {
        lang.pick(&self.ja, &self.en)
    }

    /// Each text with `before` in front of it.
    #[must_use]
    pub fn after(self, before: &str) -> Self {
        Self { ja: format!("{before}{}", self.ja), en: format!("{before}{}", self.en) }
    }

    /// Both texts in one string, for a road that carries only one: errors on their way through
    /// serde. Read back with [`Bilingual::from_one_string`].
    pub fn to_one_string(&self) -> String {
        let clean = |text: &str| text.replace(SEPARATOR, " ");
        format!("{SEPARATOR}{}{SEPARATOR}{}", clean(&self.ja), clean(&self.en))
    }

    /// Takes [`Bilingual::to_one_string`] apart again. What the road put in front of it, such as
    /// the path to a value, goes in front of both texts.
    pub fn from_one_string(text: &str) -> Option<Self> {
        let (before, both) = text.split_once(SEPARATOR)?;
        let (ja, en) = both.split_once(SEPARATOR)?;
        Some(Self::new(ja, en).after(before))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_texts_come_back_out_of_one_string() {
        let both = Bilingual::new("誤り", "wrong");
        let carried = format!("people.hanako: {}", both.to_one_string());
        let back = Bilingual::from_one_string(&carried);
        assert_eq!(back, Some(both.after("people.hanako: ")));
        assert_eq!(Bilingual::from_one_string("an ordinary message"), None);
    }

    #[test]
    fn a_separator_written_by_an_author_does_not_tear_the_texts_apart() {
        let both = Bilingual::new("`a\u{1f}b` は誤り", "`a\u{1f}b` is wrong");
        let back = Bilingual::from_one_string(&both.to_one_string());
        assert_eq!(back, Some(Bilingual::new("`a b` は誤り", "`a b` is wrong")));
    }

    #[test]
    fn an_unknown_language_is_refused_in_both() {
        let wrong = "fr".parse::<Lang>().unwrap_err();
        assert!(wrong.contains("neither") && wrong.contains("指定"), "{wrong}");
    }
}
