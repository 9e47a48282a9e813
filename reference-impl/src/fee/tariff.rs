//! All figures of the register, resolved once: one tariff for each period in which none changes.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::add_on::{Dx, Frequency, HomeDx, Information, Sharing};
use super::age::{AgeClass, Ages};
use super::counter::Relief;
use super::household::Counted;
use super::income::Incomes;
use super::limit::Limits;
use super::read::{FigureError, Figures, NoFigure, Unread};
use super::share::Shares;
use super::year::{Planned, Years};
use crate::calendar::day_after;
use crate::programme::Schemes;
use crate::register::Register;

/// What is charged, for every date of service (GEN-003).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tariffs {
    /// First days, in order, from the beginning of the calendar.
    periods: Vec<(Date, Result<Tariff, NoFigure>)>,
}

/// What is charged in one period.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tariff {
    pub(super) shares: Shares,
    ages: Ages,
    pub(super) incomes: Option<Incomes>,
    pub(super) limits: Option<Limits>,
    pub(super) counted: Option<Counted>,
    pub(super) relief: Option<Relief>,
    pub(super) years: Option<Years>,
    pub(super) planned: Option<Planned>,
    pub(super) information: Option<Information>,
    pub(super) frequency: Option<Frequency>,
    pub(super) dx: Option<Dx>,
    pub(super) home_dx: Option<HomeDx>,
    pub(super) sharing: Option<Sharing>,
    schemes: Schemes,
}

impl Tariffs {
    /// Reads the figures of a register.
    ///
    /// # Errors
    /// The first figure that is missing in a rule in force, or of the wrong form.
    pub fn of(register: &Register) -> Result<Self, FigureError> {
        let read = |first| match Tariff::read(&Figures::new(register, first)) {
            Ok(tariff) => Ok((first, Ok(tariff))),
            Err(Unread::Missing(missing)) => Ok((first, Err(missing))),
            Err(Unread::Wrong(error)) => Err(error),
        };
        let periods = first_days(register).into_iter().map(read).collect::<Result<_, _>>()?;
        Ok(Self { periods })
    }

    /// Tariffs under which nothing can be charged, because the figures of `rule` cannot be read.
    pub(crate) fn none(rule: &'static str) -> Self {
        Self { periods: vec![(Date::MIN, Err(NoFigure { rule, on: Date::MIN }))] }
    }

    /// The tariff of a date of service.
    ///
    /// # Errors
    /// Nothing can be charged on that day: a share or an age is not in the register.
    pub fn on(&self, date: Date) -> Result<&Tariff, NoFigure> {
        // The first period begins with the calendar.
        let after = self.periods.partition_point(|(first, _)| *first <= date);
        let (_, tariff) = &self.periods[after.saturating_sub(1)];
        tariff.as_ref().map_err(|missing| NoFigure { on: date, ..*missing })
    }
}

/// Rules of other chapters that give a figure.
const OF_OTHERS: [&str; 5] = ["GEN-008", "ELIG-040", "ELIG-042", "ELIG-043", "FB-006"];

/// The days on which a figure may change.
fn first_days(register: &Register) -> BTreeSet<Date> {
    let gives =
        |id: &str| id.starts_with("FEE-") || id.starts_with("PROG-") || OF_OTHERS.contains(&id);
    let rules = register.rules().filter(|rule| gives(rule.id.as_str()));
    let versions = rules.flat_map(|rule| &rule.versions);
    let changes = versions.flat_map(|v| [v.from, v.to.map(day_after)]).flatten();
    changes.chain([Date::MIN]).collect()
}

impl Tariff {
    fn read(figures: &Figures<'_>) -> Result<Self, Unread> {
        Ok(Self {
            shares: Shares::read(figures)?,
            ages: Ages::read(figures)?,
            incomes: Incomes::read(figures)?,
            limits: Limits::read(figures)?,
            counted: Counted::read(figures)?,
            relief: Relief::read(figures)?,
            years: Years::read(figures)?,
            planned: Planned::read(figures)?,
            information: Information::read(figures)?,
            frequency: Frequency::read(figures)?,
            dx: Dx::read(figures)?,
            home_dx: HomeDx::read(figures)?,
            sharing: Sharing::read(figures)?,
            schemes: Schemes::read(figures)?,
        })
    }

    /// ELIG-040…043: whose rules apply to somebody born on `born` on the day `on`.
    pub fn age_class(&self, born: Date, on: Date) -> AgeClass {
        self.ages.class(born, on)
    }

    /// Programme money that an institution is paid.
    pub fn schemes(&self) -> &Schemes {
        &self.schemes
    }

    /// ELIG-041, FEE-065: whether limits are halved on the day `on`, which lies in the month of
    /// the 75th birthday. Not so for a birthday on the first.
    pub fn halves_limits(&self, born: Date, on: Date) -> bool {
        self.ages.halves_limits(born, on)
    }
}
