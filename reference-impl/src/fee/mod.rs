//! Money at the counter (FEE-001…082): shares and their rounding, high-cost limits (高額療養費),
//! the relief measure for the 20 percent class (配慮措置), and add-ons to the fee.
//!
//! [`Tariffs::of`] reads every figure of the register once, into plain integers, one [`Tariff`]
//! for each period in which no figure changes. What follows from a tariff is integer arithmetic
//! without allocation. [`answer`] answers one [`Question`] and says why, rule by rule.
//!
//! Amounts are in whole yen, points are whole points, rates are whole fractions.

mod add_on;
mod age;
mod card_use;
mod counter;
mod household;
mod income;
mod limit;
mod question;
mod read;
mod reason;
mod share;
mod tariff;
mod year;

pub use add_on::{
    AddOn, AddOnKind, AddOns, CardUsed, Care, Charged, Children, Months, Poster, ReceiptCode,
    Standing, VisitFacts, VisitKind,
};
pub use age::AgeClass;
pub(crate) use age::Ages;
pub use card_use::{CardUse, Rate};
pub use counter::{Charge, MonthSoFar};
pub use household::{Household, HouseholdReceipt};
pub use income::Income;
pub use limit::{Limit, LimitClass, Setting};
pub use question::{Answer, Question, answer};
pub use read::{FigureError, NoFigure};
pub(crate) use read::{Figures, InForce};
pub use reason::{Reason, Reasons};
pub use share::rounded;
pub use tariff::{Tariff, Tariffs};

/// An amount of money in whole yen.
pub type Yen = i64;
