//! Which item table a record has in which form of file.

use super::layout::Layout;
use super::spec::RecordSpec;
use super::{
    Entry, Form, Header, Insurance, PublicPayer, Receipt, Total, dental, medical, nursing,
    pharmacy_items as pharmacy,
};

/// The item tables of the records around the entries of a receipt.
pub(super) struct Frame {
    pub header: &'static Layout<Header>,
    pub patient: &'static Layout<Receipt>,
    pub insurance: &'static Layout<Insurance>,
    pub public: &'static Layout<PublicPayer>,
    pub total: &'static Layout<Total>,
}

impl Form {
    pub(super) const fn frame(self) -> Frame {
        match self {
            Self::Medical => Frame {
                header: &medical::IR,
                patient: &medical::RE,
                insurance: &medical::HO,
                public: &medical::KO,
                total: &medical::GO,
            },
            Self::Dental => Frame {
                header: &dental::IR,
                patient: &dental::RE,
                insurance: &dental::HO,
                public: &dental::KO,
                total: &medical::GO,
            },
            Self::Pharmacy => Frame {
                header: &pharmacy::YK,
                patient: &pharmacy::RE,
                insurance: &pharmacy::HO,
                public: &pharmacy::KO,
                total: &medical::GO,
            },
            Self::VisitingNursing => Frame {
                header: &nursing::HM,
                patient: &nursing::RE,
                insurance: &nursing::HO,
                public: &nursing::KO,
                total: &nursing::GO,
            },
        }
    }

    /// The item table of the records with this id in a file of this form; `None` for kinds
    /// whose items are not known.
    pub fn spec(self, id: &str) -> Option<&'static RecordSpec> {
        let frame = self.frame();
        let frame = [
            &frame.header.spec,
            &frame.patient.spec,
            &frame.insurance.spec,
            &frame.public.spec,
            &frame.total.spec,
        ];
        let entry = || Entry::spec(self, id.as_bytes().try_into().ok()?);
        frame.into_iter().find(|spec| spec.id == id).or_else(entry)
    }
}
