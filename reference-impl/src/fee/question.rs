//! One question about money and its answer: what `madoguchi fee` and the worked examples ask.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Yen;
use super::add_on::{AddOns, CardUsed, Care, Charged, Months, Standing, VisitFacts, VisitKind};
use super::counter::{Charge, MonthSoFar};
use super::household::Household;
use super::income::Income;
use super::limit::{Limit, LimitClass, Setting, first_month};
use super::read::NoFigure;
use super::reason::Reasons;
use super::tariff::{Tariff, Tariffs};
use crate::calendar::Month;
use crate::programme::{Application, Grant};

/// A question about one day or month.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Question {
    /// The share of some points (FEE-056).
    Share {
        /// The points.
        points: i64,
        /// The share, in percent.
        percent: u8,
    },
    /// The share of some points that a certificate of a public scheme names (FEE-091).
    PublicShare {
        /// The points.
        points: i64,
        /// The share, in percent.
        percent: u8,
    },
    /// The share in percent by age, where no answer names one (FEE-050…053).
    Percent {
        /// The day of birth.
        born: Date,
    },
    /// The share in percent that an insurer registers from 70 on (FEE-052, FEE-053).
    PercentByIncome {
        /// The day of birth.
        born: Date,
        /// The income.
        income: Income,
    },
    /// The first day of the year for which a class by income holds (FEE-054).
    ClassYear {},
    /// The class of somebody under 70 (FEE-061).
    Class {
        /// 標準報酬月額 of an employee.
        #[serde(default)]
        standard_pay_yen: Option<Yen>,
        /// 旧ただし書き所得 in national health insurance.
        #[serde(default)]
        income_yen: Option<Yen>,
        /// Whether municipal tax is paid.
        #[serde(default = "yes")]
        taxed: bool,
    },
    /// The limit of a month (FEE-060, FEE-062, FEE-065, FEE-080, FEE-081).
    Limit {
        /// 適用区分.
        class: LimitClass,
        /// Outpatient or inpatient; the limit of a household is that of inpatient care.
        #[serde(default)]
        setting: Setting,
        /// The cost of the month, in yen.
        cost_yen: Yen,
        /// Whether it is the month of the 75th birthday.
        #[serde(default)]
        halved: bool,
        /// The how-manieth month with benefit it is.
        #[serde(default = "first_month")]
        nth_month: u8,
    },
    /// The how-manieth month with benefit this one is (FEE-062).
    NthMonth {
        /// Other months with benefit.
        benefit_months: Vec<Month>,
    },
    /// What is paid at one counter, visit by visit, in one month (FEE-056, FEE-064, FEE-070…073).
    AtCounter {
        /// The share, in percent.
        percent: u8,
        /// Outpatient or inpatient.
        #[serde(default)]
        setting: Setting,
        /// The limit, where the class is known.
        #[serde(default)]
        limit: Option<Limit>,
        /// The cost of each visit, in yen.
        costs_yen: Vec<Yen>,
    },
    /// The add-ons of a visit (FEE-001…043).
    AddOns {
        /// Whose fees.
        #[serde(default)]
        care: Care,
        /// What kind of visit.
        #[serde(default)]
        visit: VisitKind,
        /// How the card was used.
        #[serde(default)]
        card: CardUsed,
        /// What the institution has notified and fulfils.
        standing: Standing,
        /// How much the card was used there, month by month.
        #[serde(default)]
        months: Months,
        /// What the patient was charged before.
        #[serde(default)]
        charged: Vec<Charged>,
    },
    /// What a household gets back for a month (FEE-063).
    Household(Household),
    /// What is paid back of what was paid in a year from August to July (FEE-066, FEE-081).
    Year {
        /// 適用区分.
        class: LimitClass,
        /// Outpatient care of one person, or `inpatient` for everything.
        #[serde(default)]
        setting: Setting,
        /// 標準報酬月額, which matters in class D only.
        #[serde(default)]
        standard_pay_yen: Option<Yen>,
        /// What was paid in the year, in yen.
        paid_yen: Yen,
    },
    /// The limit planned from August 2027 (FEE-067).
    PlannedLimit {
        /// 標準報酬月額; none without municipal tax.
        #[serde(default)]
        standard_pay_yen: Option<Yen>,
        /// The cost of the month, in yen.
        cost_yen: Yen,
        /// The how-manieth month with benefit it is.
        #[serde(default = "first_month")]
        nth_month: u8,
    },
    /// What a programme pays to an institution (PROG-001…037).
    Programme(Application),
}

fn yes() -> bool {
    true
}

/// What is answered.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(untagged)]
pub enum Answer {
    /// An amount in yen.
    Yen(Yen),
    /// An amount in yen for each visit.
    YenEach(Vec<Yen>),
    /// A share in percent.
    Percent(u8),
    /// The add-ons of a visit.
    AddOns(AddOns),
    /// A class of limits.
    Class(LimitClass),
    /// A day.
    Day(Date),
    /// An ordinal number.
    Nth(u8),
    /// What a programme pays.
    Grant(Grant),
    /// There is no such thing on that day or for that person.
    Nothing,
}

/// Answers a question about the day `on`, and says why to `reasons`.
///
/// # Errors
/// On that day nothing can be charged: a share or an age is not in the register.
pub fn answer(
    tariffs: &Tariffs,
    on: Date,
    question: &Question,
    reasons: &mut impl Reasons,
) -> Result<Answer, NoFigure> {
    let tariff = tariffs.on(on)?;
    let yen = |yen: Option<Yen>| yen.map_or(Answer::Nothing, Answer::Yen);
    Ok(match question {
        Question::Share { points, percent } => {
            Answer::Yen(tariff.share_of_yen(tariff.cost_yen(*points), *percent, reasons))
        }
        Question::PublicShare { points, percent } => {
            Answer::Yen(tariff.public_share_yen(*points, *percent))
        }
        Question::Percent { born } => Answer::Percent(tariff.share_percent(*born, on, reasons)),
        Question::PercentByIncome { born, income } => {
            let age = tariff.age_class(*born, on);
            let percent = tariff.percent_by_income(age, income, reasons);
            percent.map_or(Answer::Nothing, Answer::Percent)
        }
        Question::ClassYear {} => tariff.class_year_start(on).map_or(Answer::Nothing, Answer::Day),
        Question::Class { standard_pay_yen, income_yen, taxed } => {
            let by_pay = standard_pay_yen.and_then(|pay| tariff.class_by_pay(pay, *taxed));
            let class = by_pay.or_else(|| tariff.class_by_income(income_yen.unwrap_or(0), *taxed));
            class.map_or(Answer::Nothing, Answer::Class)
        }
        Question::Limit { class, setting, cost_yen, halved, nth_month } => {
            let limit = Limit { class: *class, halved: *halved, nth_month: *nth_month };
            yen(tariff.limit_yen(limit, *setting, *cost_yen, reasons))
        }
        Question::NthMonth { benefit_months } => {
            Answer::Nth(tariff.nth_month(Month::of(on), benefit_months))
        }
        Question::AtCounter { percent, setting, limit, costs_yen } => {
            let charge =
                Charge { cost_yen: 0, percent: *percent, setting: *setting, limit: *limit };
            Answer::YenEach(visits_yen(tariff, charge, costs_yen, reasons))
        }
        Question::AddOns { care, visit, card, standing, months, charged } => {
            let facts = VisitFacts { date: on, care: *care, visit: *visit, card: *card };
            Answer::AddOns(tariff.add_ons(&facts, standing, months, charged, reasons))
        }
        Question::Household(household) => yen(tariff.household_refund_yen(household, reasons)),
        Question::Year { class, setting, standard_pay_yen, paid_yen } => {
            let limit = tariff.year_limit_yen(*class, *setting, *standard_pay_yen, reasons);
            yen(limit.map(|limit| paid_yen.saturating_sub(limit).max(0)))
        }
        Question::PlannedLimit { standard_pay_yen, cost_yen, nth_month } => {
            yen(tariff.planned_limit_yen(*standard_pay_yen, *nth_month, *cost_yen, reasons))
        }
        Question::Programme(application) => {
            Answer::Grant(tariff.schemes().grant(on, application, reasons))
        }
    })
}

/// What is paid at each of the visits of one month, in order.
fn visits_yen(
    tariff: &Tariff,
    charge: Charge,
    costs_yen: &[Yen],
    reasons: &mut impl Reasons,
) -> Vec<Yen> {
    let mut so_far = MonthSoFar::default();
    let pay = |cost_yen: &Yen| {
        let now = tariff.at_counter(&so_far, &Charge { cost_yen: *cost_yen, ..charge }, reasons);
        so_far = so_far.and(*cost_yen, now);
        now
    };
    costs_yen.iter().map(pay).collect()
}
