//! Replay tokens: one word that says scenario, seed and driver, and enough of the plan's digest
//! to notice that the scenario or the program has changed since.

use madoguchi_reference::lang::Bilingual;
use madoguchi_sim::{Driver, Plan};

use crate::exit::Failure;

/// The version of the form.
const VERSION: &str = "mdg1";
/// Hexadecimal digits of the plan's digest in a token.
const DIGITS: usize = 8;

/// A token, taken apart.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Token {
    pub(crate) driver: Driver,
    pub(crate) seed: u64,
    pub(crate) id: String,
    digest: String,
}

impl Token {
    /// The token of a plan under a driver.
    pub(crate) fn of(plan: &Plan, driver: Driver) -> Result<Self, Failure> {
        let yaml = plan.to_yaml().map_err(|e| Failure::Harness(e.to_string()))?;
        let digest: String = blake3::hash(yaml.as_bytes()).to_hex().chars().take(DIGITS).collect();
        Ok(Self { driver, seed: plan.seed, id: plan.scenario.id.clone(), digest })
    }

    /// Reads a token; `None` if the text is none.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (version, rest) = text.split_once('-')?;
        let (driver, rest) = rest.split_once('-')?;
        let (seed, rest) = rest.split_once('-')?;
        let (id, digest) = rest.rsplit_once('-')?;
        let driver = match driver {
            "e" => Driver::EventLoop,
            "m" => Driver::Madsim,
            _ => return None,
        };
        let hex = digest.len() == DIGITS && digest.bytes().all(|b| b.is_ascii_hexdigit());
        let id = id.replacen('.', "/", 1);
        let (seed, digest) = (seed.parse().ok()?, digest.to_owned());
        (version == VERSION && hex).then_some(Self { driver, seed, id, digest })
    }

    /// Whether `plan` is the one this token was made for.
    pub(crate) fn check(&self, plan: &Plan) -> Result<(), Failure> {
        if Self::of(plan, self.driver)?.digest == self.digest {
            return Ok(());
        }
        let (id, seed) = (&self.id, self.seed);
        Err(Failure::Settings(Bilingual::new(
            format!(
                "この再現トークンは {id} かプログラムの別の版から作られたもので、同じ実行を再現\
                 できません。保存された計画を replay するか、シナリオを --seed {seed} で実行して\
                 ください"
            ),
            format!(
                "this token was made from another version of {id} or of the program, so it would \
                 not replay the same run; replay the stored plan instead, or run the scenario \
                 with --seed {seed}"
            ),
        )))
    }
}

impl std::fmt::Display for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let driver = match self.driver {
            Driver::EventLoop => "e",
            Driver::Madsim => "m",
        };
        let id = self.id.replacen('/', ".", 1);
        write!(f, "{VERSION}-{driver}-{}-{id}-{}", self.seed, self.digest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_reads_back() {
        let token = Token {
            driver: Driver::Madsim,
            seed: u64::MAX,
            id: "certificate/expires-2024-12-01-first-of-a-month".to_owned(),
            digest: "0123abcd".to_owned(),
        };
        assert_eq!(Token::parse(&token.to_string()), Some(token));
    }

    #[test]
    fn what_is_no_token_is_none() {
        for text in ["", "mdg1", "mdg2-e-1-a.b-0123abcd", "mdg1-x-1-a.b-0123abcd", "a.yaml"] {
            assert_eq!(Token::parse(text), None, "{text}");
        }
    }
}
