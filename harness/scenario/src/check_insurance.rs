//! What insurers do in a scenario and cannot do: to put right what is not wrong.

use madoguchi_reference::diagnostic::{Diagnostic, Step as At, YamlText};
use madoguchi_reference::register::Bilingual;

use crate::people::{Filings, Mistaken};

/// What is put right must have been wrong, and what is wrong must be named.
pub(crate) fn check_filings(
    text: &YamlText<'_>,
    name: &str,
    index: usize,
    filings: &Filings,
) -> Option<Diagnostic> {
    let (key, problem) = match (&filings.mistaken, filings.corrected) {
        (None, Some(_)) => (
            "corrected",
            Bilingual::new(
                "正すべき誤り（mistaken）が書かれていません",
                "there is no mistake to be put right: add `mistaken`",
            ),
        ),
        (Some(mistaken), _) if *mistaken == Mistaken::default() => (
            "mistaken",
            Bilingual::new(
                "何が誤って登録されるのかが書かれていません",
                "nothing is registered wrongly here",
            ),
        ),
        _ => return None,
    };
    let period = [At::Key("people"), At::Key(name), At::Key("coverage"), At::Index(index)];
    let [a, b, c, d] = period;
    Some(text.point(&[a, b, c, d, At::Key("registered"), At::Key(key)], problem))
}
