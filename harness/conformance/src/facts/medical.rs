//! Facts about consent and medical information.

use madoguchi_reference::calendar::Month;
use madoguchi_reference::message::centre::Reply;
use madoguchi_reference::message::file::Folder;
use madoguchi_reference::message::view::ViewRight;
use madoguchi_reference::message::{EndOfCare, Message, PortalShown, Screen};
use madoguchi_reference::wire::{
    ConfirmationAnswer, ConsentFlag, ExpiryReason, PersonResult, Records, RecordsAnswer,
    read_records_answer,
};

use super::Facts;
use crate::words::consent_word;

impl Facts<'_> {
    /// Whether drug and care information reached the desk; information that names no drug is
    /// empty.
    pub(super) fn records(&self) -> &'static str {
        let answers = self
            .files()
            .filter(|(_, file)| file.folder == Folder::Res && file.name.starts_with("YZKsiquc"));
        let given = answers.filter_map(|(_, file)| match read_records_answer(&file.bytes.0) {
            Ok(RecordsAnswer::Given(records)) => Some(records.is_empty()),
            _ => None,
        });
        let given = given.chain(self.page_records().map(Records::is_empty));
        match given.last() {
            Some(true) => "empty",
            Some(false) => "shown",
            None => "withheld",
        }
    }

    /// Months of the drugs that reached the desk.
    pub(super) fn drug_months(&self) -> Vec<Month> {
        let answers = self
            .files()
            .filter(|(_, file)| file.folder == Folder::Res && file.name.starts_with("YZKsiquc"));
        let given = answers.filter_map(|(_, file)| match read_records_answer(&file.bytes.0) {
            Ok(RecordsAnswer::Given(records)) => Some(records.months),
            _ => None,
        });
        given.last().into_iter().flatten().map(|month| month.month).collect()
    }

    pub(super) fn certificate_class(&self) -> &'static str {
        self.answered(|person| person.card_class.code()).unwrap_or("none")
    }

    pub(super) fn limit_class(&self) -> &'static str {
        let class = self.answered(|person| person.limit.as_ref().map(|l| l.class.code()));
        class.flatten().unwrap_or("none")
    }

    pub(super) fn preschool(&self) -> &'static str {
        let flagged = self.answered(|person| person.preschool).unwrap_or(false);
        if flagged { "flagged" } else { "not-flagged" }
    }

    /// The person of the last answer.
    pub(super) fn answered<T>(&self, of: impl Fn(&PersonResult) -> T) -> Option<T> {
        let answers: Vec<ConfirmationAnswer> = self.answers();
        let person = answers.last()?.body.as_ref()?.people.first()?;
        Some(of(person))
    }

    pub(super) fn limit(&self) -> &'static str {
        let answers = self.answers();
        let body = answers.last().and_then(|a| a.body.as_ref());
        given(body.is_some_and(|b| b.people.iter().any(|p| p.limit.is_some())))
    }

    /// Why the centre refused medical information, for want of consent or of the information.
    pub(super) fn refusal(&self) -> Option<&'static str> {
        let refused = self.messages().filter_map(|message| match message {
            Message::CentreAnswer(answer) => match &answer.reply {
                Reply::RecordsRefused(refusal) => Some(Some(refusal.reason)),
                Reply::RecordsUnavailable => Some(None),
                _ => None,
            },
            _ => None,
        });
        refused.last().map(|reason| match reason {
            None => "unavailable",
            Some(None) => "not-given",
            Some(Some(ExpiryReason::CareForm)) => "expired",
            Some(Some(ExpiryReason::Institution)) => "withdrawn-by-institution",
            Some(Some(ExpiryReason::Patient)) => "withdrawn-by-patient",
            Some(Some(ExpiryReason::PurposeChanged)) => "other-purpose",
        })
    }

    /// Looks at the medical information, as the portal shows them.
    pub(super) fn view_log(&self) -> Vec<&'static str> {
        let shown = self.messages().filter_map(|message| match message {
            Message::PortalShown(PortalShown::Views(views)) => Some(views),
            _ => None,
        });
        shown.flatten().map(|view| right_word(view.right)).collect()
    }

    pub(super) fn withdrawn(&self) -> Option<&'static str> {
        let said = self.messages().filter_map(|message| match message {
            Message::PortalShown(PortalShown::Withdrawn(there))
            | Message::EndOfCare(EndOfCare::Entered(there)) => Some(*there),
            _ => None,
        });
        said.last().map(|there| if there { "yes" } else { "no" })
    }

    pub(super) fn specific_disease(&self) -> &'static str {
        given(self.answered(|p| !p.diseases.is_empty()).unwrap_or(false))
    }

    pub(super) fn consent_flags(&self) -> Vec<String> {
        let flags = self.answered(|person| {
            [
                ("surgery", person.operation.map(|c| c.flag)),
                ("treatment", person.diagnosis.map(|c| c.flag)),
                ("drugs", person.drugs.map(|c| c.flag)),
                ("check-up", person.checkup.map(|c| c.flag)),
                ("specific-disease", person.disease_consent.map(|c| c.flag)),
            ]
        });
        let there = flags.into_iter().flatten().filter_map(|(group, flag)| Some((group, flag?)));
        there.map(|(group, flag)| format!("{group}-{}", flag_word(flag))).collect()
    }

    pub(super) fn consent_screens(&self) -> Vec<&'static str> {
        let screens = self.screens().filter_map(|screen| match screen {
            Screen::Consent(screen) => Some(consent_word(*screen)),
            _ => None,
        });
        screens.collect()
    }
}

fn given(is: bool) -> &'static str {
    if is { "given" } else { "withheld" }
}

fn right_word(right: ViewRight) -> &'static str {
    match right {
        ViewRight::Consent => "consent",
        ViewRight::Emergency => "emergency",
        ViewRight::Disaster => "disaster",
        ViewRight::DisasterWithoutConsent => "disaster-without-consent",
        ViewRight::SystemFailure => "system-failure",
    }
}

fn flag_word(flag: ConsentFlag) -> &'static str {
    match flag {
        ConsentFlag::No => "none",
        ConsentFlag::Yes => "given",
        ConsentFlag::Expired => "expired",
        ConsentFlag::Unobtainable => "unobtainable",
    }
}
