//! Worked examples (計算例) of the chapters on money: a question, the rules that decide it, and
//! the answer worked out by hand from their text.

use jiff::civil::Date;
use madoguchi_reference::calendar::read_date;
use madoguchi_reference::diagnostic::{Diagnostic, YamlText};
use madoguchi_reference::fee::{Answer, Question, Reason, answer};
use madoguchi_reference::ids::RuleId;
use madoguchi_reference::register::{Bilingual, Register, SettingError, Settings};
use serde::Deserialize;
use serde_yaml::Value;

/// All worked examples, file by file.
pub const VECTORS: &[YamlText<'static>] = &[
    YamlText::new("vectors/information.yaml", include_str!("../vectors/information.yaml")),
    YamlText::new("vectors/dx.yaml", include_str!("../vectors/dx.yaml")),
    YamlText::new("vectors/sharing.yaml", include_str!("../vectors/sharing.yaml")),
    YamlText::new("vectors/share.yaml", include_str!("../vectors/share.yaml")),
    YamlText::new("vectors/limits.yaml", include_str!("../vectors/limits.yaml")),
    YamlText::new("vectors/relief.yaml", include_str!("../vectors/relief.yaml")),
    YamlText::new("vectors/programme.yaml", include_str!("../vectors/programme.yaml")),
    YamlText::new("vectors/lump-sum.yaml", include_str!("../vectors/lump-sum.yaml")),
    YamlText::new("vectors/lump-sum-edges.yaml", include_str!("../vectors/lump-sum-edges.yaml")),
];

/// One example.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vector {
    /// The rules that decide it.
    pub rule: Vec<RuleId>,
    /// The date of service.
    #[serde(deserialize_with = "read_date")]
    pub on: Date,
    /// Other readings of the register, as in a scenario.
    #[serde(default)]
    pub settings: Settings,
    /// The question.
    #[serde(with = "serde_yaml::with::singleton_map_recursive")]
    pub ask: Question,
    /// The answer; `nothing` where there is no such amount that day.
    #[serde(default)]
    pub answer: Value,
    /// Instead of an answer: the rule without which nothing can be charged that day.
    #[serde(default)]
    pub refused: Option<String>,
    /// How the answer follows.
    #[serde(default)]
    pub why: Option<Bilingual>,
}

/// What a register says to the question of an example.
#[derive(Clone, PartialEq, Debug)]
pub enum Said {
    /// An answer.
    Answer(Value),
    /// The rule that is missing.
    Refused(String),
}

impl Vector {
    /// What `register` says under the settings of the example, and why.
    ///
    /// # Errors
    /// A setting cannot be chosen.
    pub fn said(&self, register: &Register) -> Result<(Said, Vec<Reason>), SettingError> {
        let chosen;
        let register = if self.settings.is_empty() {
            register
        } else {
            chosen = register.with(&self.settings)?;
            &chosen
        };
        let mut reasons = Vec::new();
        let said = match answer(register.tariffs(), self.on, &self.ask, &mut reasons) {
            Ok(Answer::Nothing) => Said::Answer(Value::from("nothing")),
            Ok(answer) => Said::Answer(serde_yaml::to_value(answer).unwrap_or_default()),
            Err(missing) => Said::Refused(missing.rule.to_owned()),
        };
        Ok((said, reasons))
    }

    /// Whether that is what the example demands.
    pub fn holds(&self, said: &Said) -> bool {
        match said {
            Said::Answer(answer) => self.refused.is_none() && self.answer == *answer,
            Said::Refused(rule) => self.refused.as_ref() == Some(rule) && self.answer.is_null(),
        }
    }
}

/// Reads all worked examples.
///
/// # Errors
/// The first mistake in each file.
pub fn vectors() -> Result<Vec<Vector>, Vec<Diagnostic>> {
    let mut all = Vec::new();
    let mut wrong = Vec::new();
    for text in VECTORS {
        match text.read::<Vec<Vector>>() {
            Ok(vectors) => all.extend(vectors),
            Err(diagnostic) => wrong.push(diagnostic),
        }
    }
    if wrong.is_empty() { Ok(all) } else { Err(wrong) }
}
