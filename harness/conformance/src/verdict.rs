//! Verdicts and how they combine.

use madoguchi_reference::register::{Level, Rule};
use schemars::JsonSchema;
use serde::Serialize;

/// What is said of one rule in one scenario, from the mildest to the worst.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The rule is not in force on the day asked about (`--as-of`).
    NotApplicable,
    /// Everything the rule demands was seen.
    Pass,
    /// Something else was seen, but the rule is a setting, a recommendation or an option: worth
    /// knowing, never a failure.
    Finding,
    /// It could not be decided, because the run did not come to an end.
    Undecided,
    /// Something else was seen than what a binding rule demands.
    Fail,
}

impl Verdict {
    /// The verdict on a difference under `rule`: what is inferred, remembered or modelled is a
    /// setting, and nobody is failed on it.
    pub fn of_difference(rule: &Rule) -> Self {
        if rule.binds() && matches!(rule.level, Level::Must | Level::Should) {
            Self::Fail
        } else {
            Self::Finding
        }
    }

    /// Two verdicts on the same thing: the worse one counts.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        self.max(other)
    }
}

/// What is said of a whole scenario.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CaseVerdict {
    /// None of its rules is in force on the day asked about, or none of them binds the product.
    NotApplicable,
    /// No binding rule of level MUST was broken.
    Pass,
    /// It could not be decided.
    Undecided,
    /// The harness itself failed.
    HarnessError,
    /// A binding rule of level MUST was broken.
    Fail,
}

impl CaseVerdict {
    /// The verdict on a scenario whose rules were judged so. A scenario that demanded nothing
    /// is undecided: nothing is green by emptiness.
    pub fn of<'a>(rules: impl IntoIterator<Item = (Level, &'a Verdict)>) -> Self {
        let mut worst = None;
        for (level, verdict) in rules {
            let case = match verdict {
                // Differing on settings only is no failure, and no success either.
                Verdict::NotApplicable | Verdict::Finding => Self::NotApplicable,
                Verdict::Fail if level == Level::Must => Self::Fail,
                Verdict::Fail | Verdict::Pass => Self::Pass,
                Verdict::Undecided => Self::Undecided,
            };
            worst = worst.max(Some(case));
        }
        worst.unwrap_or(Self::Undecided)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn verdicts() -> impl Strategy<Value = Verdict> {
        prop::sample::select(vec![
            Verdict::NotApplicable,
            Verdict::Pass,
            Verdict::Finding,
            Verdict::Undecided,
            Verdict::Fail,
        ])
    }

    proptest! {
        #[test]
        fn a_worse_part_never_improves_the_whole(
            all in prop::collection::vec(verdicts(), 1..8),
            more in verdicts(),
        ) {
            let case = |all: &[Verdict]| CaseVerdict::of(all.iter().map(|v| (Level::Must, v)));
            let before = case(&all);
            let mut longer = all;
            longer.push(more);
            prop_assert!(case(&longer) >= before);
        }

        #[test]
        fn combining_is_commutative_and_associative(
            a in verdicts(), b in verdicts(), c in verdicts(),
        ) {
            prop_assert_eq!(a.and(b), b.and(a));
            prop_assert_eq!(a.and(b).and(c), a.and(b.and(c)));
        }
    }

    #[test]
    fn nothing_demanded_is_undecided() {
        assert_eq!(CaseVerdict::of([]), CaseVerdict::Undecided);
    }

    #[test]
    fn a_recommendation_that_is_not_followed_does_not_fail_a_scenario() {
        let case = CaseVerdict::of([(Level::Should, &Verdict::Fail)]);
        assert_eq!(case, CaseVerdict::Pass);
    }
}
