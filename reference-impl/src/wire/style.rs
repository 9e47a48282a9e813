//! Where installations differ and the public facts disagree: settings, not rules
//! (section 8a).

use serde::{Deserialize, Serialize};

use super::charset::Charset;
use super::element::Element;
use super::registration::RegistrationForm;
use crate::ids::InsurerNumber;

/// How one installation writes documents. Readers accept every style.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Style {
    /// The encoding, its declaration and `CharacterCodeIdentifier`, always in step.
    pub charset: Charset,
    /// What stands before an insurer number of six digits.
    pub insurer_padding: Padding,
    /// The order of the elements of a block.
    pub order: ElementOrder,
    /// Whether a single registration of a reference number has a wrapper.
    pub registration: RegistrationForm,
    /// Where `PrescriptionIssueSelect` stands.
    pub prescription_place: PrescriptionPlace,
}

impl Style {
    /// The document of a message. The header stays before the body in every order.
    pub(super) fn document(&self, mut message: Element) -> Vec<u8> {
        if self.order == ElementOrder::Scattered {
            message.children.iter_mut().for_each(Element::scatter);
        }
        message.to_document(self.charset)
    }
}

/// What fills the 8 columns of `InsurerNumber` (section 3.1).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Padding {
    /// Spaces, as in registration messages and face results.
    #[default]
    Spaces,
    /// Zeros, as the browser form writes it.
    Zeros,
}

impl Padding {
    /// The 8 columns of an insurer number.
    pub fn columns(self, insurer: &InsurerNumber) -> String {
        insurer.padded(match self {
            Self::Spaces => ' ',
            Self::Zeros => '0',
        })
    }
}

/// The order of the elements of a block, which is not stable in practice (section 1.3).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ElementOrder {
    /// The order of the layout.
    #[default]
    Layout,
    /// Another order, the same every time, with `ResultList` before the status as in the
    /// published face result. Repeated elements keep their order among themselves.
    Scattered,
}

/// Where `PrescriptionIssueSelect` (OQSCD017) stands; sources disagree (section 3.2).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PrescriptionPlace {
    /// Directly in the message body.
    #[default]
    Body,
    /// In the first person block; in the body if there is no person.
    Person,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_insurer_number_is_padded_with_spaces_or_zeros() {
        let national = InsurerNumber::from("138016");
        assert_eq!(Padding::Spaces.columns(&national), "  138016");
        assert_eq!(Padding::Zeros.columns(&national), "00138016");
    }
}
