//! Reading figures out of the register, as they stand on one day.

use std::fmt;

use jiff::civil::Date;

use crate::lang::Bilingual;
use crate::register::{ParameterValue, Register, Version};

/// A figure that the register should hold and does not, or not in this form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FigureError {
    /// The rule.
    pub rule: &'static str,
    /// The parameter.
    pub name: &'static str,
    /// First day of the version that is wrong; `Date::MIN` where it has none.
    pub on: Date,
    /// What was wanted.
    pub wanted: Bilingual,
}

impl FigureError {
    /// The whole problem in words.
    pub fn problem(&self) -> Bilingual {
        let Self { rule, name, wanted, .. } = self;
        Bilingual::new(
            format!("{rule} のパラメータ `{name}` は{}でなければなりません", wanted.ja),
            format!("parameter `{name}` of {rule} must be {}", wanted.en),
        )
    }
}

/// A day on which nothing can be charged, because a figure does not exist yet, or any more.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NoFigure {
    /// The rule that would give it.
    pub rule: &'static str,
    /// The day.
    pub on: Date,
}

impl NoFigure {
    /// The problem in words.
    pub fn problem(&self) -> Bilingual {
        let Self { rule, on } = self;
        Bilingual::new(
            format!("{on} に有効な {rule} が規則台帳にないため、計算できません"),
            format!("the register has no {rule} in force on {on}, so this cannot be worked out"),
        )
    }
}

impl fmt::Display for NoFigure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.problem().en)
    }
}

/// Why figures could not be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Unread {
    /// Nothing is in force that day.
    Missing(NoFigure),
    /// The register is wrong.
    Wrong(FigureError),
}

impl From<FigureError> for Unread {
    fn from(error: FigureError) -> Self {
        Self::Wrong(error)
    }
}

/// The figures of a register on one day.
#[derive(Clone, Copy)]
pub(crate) struct Figures<'r> {
    register: &'r Register,
    on: Date,
}

impl<'r> Figures<'r> {
    pub(crate) fn new(register: &'r Register, on: Date) -> Self {
        Self { register, on }
    }

    /// The version of a rule that is in force, if one is.
    pub(crate) fn rule(&self, rule: &'static str) -> Option<InForce<'r>> {
        let version = self.register.rule(rule)?.version_on(self.on)?;
        Some(InForce { rule, version })
    }

    /// The same for a rule without which nothing can be charged.
    pub(crate) fn need(&self, rule: &'static str) -> Result<InForce<'r>, Unread> {
        self.rule(rule).ok_or(Unread::Missing(NoFigure { rule, on: self.on }))
    }
}

/// A rule in force, with its parameters.
#[derive(Clone, Copy)]
pub(crate) struct InForce<'r> {
    rule: &'static str,
    version: &'r Version,
}

impl<'r> InForce<'r> {
    pub(crate) fn number(&self, name: &'static str) -> Result<i64, FigureError> {
        match self.value(name) {
            Some(ParameterValue::Number(number)) => Ok(*number),
            _ => Err(self.wrong(name, Bilingual::new("整数", "a whole number"))),
        }
    }

    /// A number of at most 255, such as an age, a count or a percentage.
    pub(crate) fn small<N: TryFrom<i64>>(&self, name: &'static str) -> Result<N, FigureError> {
        N::try_from(self.number(name)?)
            .map_err(|_| self.wrong(name, Bilingual::new("より小さい整数", "a smaller number")))
    }

    /// A list of exactly `N` numbers.
    pub(crate) fn list<const N: usize>(&self, name: &'static str) -> Result<[i64; N], FigureError> {
        self.list_if_there(name)?.ok_or_else(|| self.wrong(name, a_list_of(N)))
    }

    /// A list of exactly `N` numbers that a version need not have.
    pub(crate) fn list_if_there<const N: usize>(
        &self,
        name: &'static str,
    ) -> Result<Option<[i64; N]>, FigureError> {
        match self.value(name) {
            None => Ok(None),
            Some(ParameterValue::Numbers(numbers)) => {
                numbers.as_slice().try_into().map(Some).map_err(|_| self.wrong(name, a_list_of(N)))
            }
            Some(_) => Err(self.wrong(name, a_list_of(N))),
        }
    }

    /// A list of at most `N` numbers, filled up with 0.
    pub(crate) fn row<const N: usize>(&self, name: &'static str) -> Result<[i64; N], FigureError> {
        let wrong = || {
            let (ja, en) = (format!("{N}個までの整数の並び"), format!("up to {N} whole numbers"));
            self.wrong(name, Bilingual::new(ja, en))
        };
        let Some(ParameterValue::Numbers(numbers)) = self.value(name) else { return Err(wrong()) };
        let mut row = [0; N];
        row.get_mut(..numbers.len()).ok_or_else(wrong)?.copy_from_slice(numbers);
        Ok(row)
    }

    /// The same, and only zeros for a version that has none.
    pub(crate) fn row_if_there<const N: usize>(
        &self,
        name: &'static str,
    ) -> Result<[i64; N], FigureError> {
        if self.value(name).is_none() { Ok([0; N]) } else { self.row(name) }
    }

    /// A number that a version need not have.
    pub(crate) fn number_if_there(&self, name: &'static str) -> Result<Option<i64>, FigureError> {
        if self.value(name).is_none() { Ok(None) } else { self.number(name).map(Some) }
    }

    /// A day that a version need not have.
    pub(crate) fn day_if_there(&self, name: &'static str) -> Result<Option<Date>, FigureError> {
        if self.value(name).is_none() {
            return Ok(None);
        }
        let day = self.text(name)?.parse();
        day.map(Some).map_err(|_| self.wrong(name, Bilingual::new("日付", "a date")))
    }

    /// The first day of this version; none where it has always been so.
    pub(crate) fn since(&self) -> Option<Date> {
        self.version.from
    }

    /// A word or a code.
    pub(crate) fn text(&self, name: &'static str) -> Result<&'r str, FigureError> {
        match self.value(name) {
            Some(ParameterValue::Text(text)) => Ok(text),
            _ => Err(self.wrong(name, Bilingual::new("文字列", "a text"))),
        }
    }

    /// A day.
    pub(crate) fn date(&self, name: &'static str) -> Result<Date, FigureError> {
        let read = self.text(name)?.parse();
        read.map_err(|_| self.wrong(name, Bilingual::new("日付", "a date")))
    }

    fn value(&self, name: &str) -> Option<&'r ParameterValue> {
        self.version.parameters.get(name).map(|parameter| &parameter.value)
    }

    pub(crate) fn wrong(&self, name: &'static str, wanted: Bilingual) -> FigureError {
        let on = self.version.from.unwrap_or(Date::MIN);
        FigureError { rule: self.rule, name, on, wanted }
    }
}

fn a_list_of(length: usize) -> Bilingual {
    Bilingual::new(format!("{length}個の整数の一覧"), format!("a list of {length} whole numbers"))
}
