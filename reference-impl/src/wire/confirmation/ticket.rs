//! `MedicalTicketInfo`: a ticket of medical aid (医療券・調剤券) inside a person's result
//! (section 3.3).

use jiff::civil::Date;
use serde::Serialize;

use crate::calendar::Month;
use crate::ids::InstitutionCode;
use crate::wire::codes::{CareSetting, InstitutionMatch, TicketKind, TicketUse, YesNo};
use crate::wire::element::Element;
use crate::wire::error::ReadError;
use crate::wire::fields::Block;

/// A ticket of one month for one institution.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct MedicalTicket {
    /// `TicketType` (OQSCD018).
    pub kind: TicketKind,
    /// `MedicalTicketValidDate`.
    pub from: Date,
    /// `MedicalTicketExpirationDate`.
    pub to: Option<Date>,
    /// 交付番号, `IssueNumber`.
    pub number: Option<String>,
    /// 診療年月, `MedicalTreatmentMonth`.
    pub month: Month,
    /// `DesignatedMedicalInstitutionCode`.
    pub institution: Option<InstitutionCode>,
    /// `DesignatedMedicalInstitutionFlag` (OQSCD026): whether the institution that asks is the
    /// one the ticket names.
    pub institution_match: InstitutionMatch,
    /// `DesignatedMedicalInstitutionName`.
    pub institution_name: Option<String>,
    /// `PrescriptionIssuerMedicalInstitutionCode`, on a 調剤券.
    pub prescriber: Option<InstitutionCode>,
    /// `PrescriptionIssuerMedicalInstitutionName`.
    pub prescriber_name: Option<String>,
    /// `InjuryName1` to `3`.
    pub injuries: [Option<String>; 3],
    /// 診療別, `MedicalTreatmentType` (OQSCD019).
    pub care: Option<CareSetting>,
    /// 本人支払額 in yen for the month, `SelfPayAmount`.
    pub self_pay: Option<u32>,
    /// `DistrictContactName`.
    pub district_contact: Option<String>,
    /// `HandlingContactName`.
    pub handling_contact: Option<String>,
    /// `SingleOrCombinedUse` (OQSCD020): medical aid alone, or beside an insurance.
    pub use_with: Option<TicketUse>,
    /// `StatusOfSocialInsurance` (OQSCD021).
    pub social_insurance: Option<YesNo>,
    /// `ConsistencyFlag` (OQSCD022).
    pub inconsistent: bool,
    /// `StatusOfInfecton`, spelt so in the interface (OQSCD023).
    pub infection: Option<YesNo>,
    /// `StatusOfElderlyMedicalCare` (OQSCD024).
    pub elderly_care: Option<YesNo>,
    /// `StatusOfPrefecturalExpenses` (OQSCD025).
    pub prefectural: Option<YesNo>,
    /// `Remarks1` to `3`.
    pub remarks: [Option<String>; 3],
}

impl MedicalTicket {
    /// A ticket with only what every ticket has.
    pub fn new(
        kind: TicketKind,
        month: Month,
        from: Date,
        institution_match: InstitutionMatch,
    ) -> Self {
        Self {
            kind,
            from,
            to: None,
            number: None,
            month,
            institution: None,
            institution_match,
            institution_name: None,
            prescriber: None,
            prescriber_name: None,
            injuries: [None, None, None],
            care: None,
            self_pay: None,
            district_contact: None,
            handling_contact: None,
            use_with: None,
            social_insurance: None,
            inconsistent: false,
            infection: None,
            elderly_care: None,
            prefectural: None,
            remarks: [None, None, None],
        }
    }
}

/// `MedicalTicketInfo` of a ticket.
pub(super) fn write_ticket(ticket: &MedicalTicket) -> Element {
    let inconsistent = ticket.inconsistent.then_some(true);
    let element = Element::new("MedicalTicketInfo")
        .value("TicketType", &ticket.kind)
        .value("MedicalTicketValidDate", &ticket.from)
        .maybe("MedicalTicketExpirationDate", ticket.to.as_ref())
        .maybe("IssueNumber", ticket.number.as_ref())
        .value("MedicalTreatmentMonth", &ticket.month)
        .maybe("DesignatedMedicalInstitutionCode", ticket.institution.as_ref())
        .value("DesignatedMedicalInstitutionFlag", &ticket.institution_match)
        .maybe("DesignatedMedicalInstitutionName", ticket.institution_name.as_ref())
        .maybe("PrescriptionIssuerMedicalInstitutionCode", ticket.prescriber.as_ref())
        .maybe("PrescriptionIssuerMedicalInstitutionName", ticket.prescriber_name.as_ref());
    let element = numbered(element, "InjuryName", &ticket.injuries)
        .maybe("MedicalTreatmentType", ticket.care.as_ref())
        .maybe("SelfPayAmount", ticket.self_pay.as_ref())
        .maybe("DistrictContactName", ticket.district_contact.as_ref())
        .maybe("HandlingContactName", ticket.handling_contact.as_ref())
        .maybe("SingleOrCombinedUse", ticket.use_with.as_ref())
        .maybe("StatusOfSocialInsurance", ticket.social_insurance.as_ref())
        .maybe("ConsistencyFlag", inconsistent.as_ref())
        .maybe("StatusOfInfecton", ticket.infection.as_ref())
        .maybe("StatusOfElderlyMedicalCare", ticket.elderly_care.as_ref())
        .maybe("StatusOfPrefecturalExpenses", ticket.prefectural.as_ref());
    numbered(element, "Remarks", &ticket.remarks)
}

fn numbered(element: Element, name: &str, texts: &[Option<String>; 3]) -> Element {
    (1..).zip(texts).fold(element, |element, (number, text)| {
        element.maybe(&format!("{name}{number}"), text.as_ref())
    })
}

/// Reads a `MedicalTicketInfo`.
pub(super) fn read_ticket(ticket: Block<'_>) -> Result<MedicalTicket, ReadError> {
    Ok(MedicalTicket {
        kind: ticket.required("TicketType")?,
        from: ticket.required("MedicalTicketValidDate")?,
        to: ticket.optional("MedicalTicketExpirationDate")?,
        number: ticket.optional("IssueNumber")?,
        month: ticket.required("MedicalTreatmentMonth")?,
        institution: ticket.optional("DesignatedMedicalInstitutionCode")?,
        institution_match: ticket.required("DesignatedMedicalInstitutionFlag")?,
        institution_name: ticket.optional("DesignatedMedicalInstitutionName")?,
        prescriber: ticket.optional("PrescriptionIssuerMedicalInstitutionCode")?,
        prescriber_name: ticket.optional("PrescriptionIssuerMedicalInstitutionName")?,
        injuries: three(ticket, "InjuryName")?,
        care: ticket.optional("MedicalTreatmentType")?,
        self_pay: ticket.optional("SelfPayAmount")?,
        district_contact: ticket.optional("DistrictContactName")?,
        handling_contact: ticket.optional("HandlingContactName")?,
        use_with: ticket.optional("SingleOrCombinedUse")?,
        social_insurance: ticket.optional("StatusOfSocialInsurance")?,
        inconsistent: ticket.optional("ConsistencyFlag")?.unwrap_or(false),
        infection: ticket.optional("StatusOfInfecton")?,
        elderly_care: ticket.optional("StatusOfElderlyMedicalCare")?,
        prefectural: ticket.optional("StatusOfPrefecturalExpenses")?,
        remarks: three(ticket, "Remarks")?,
    })
}

fn three(ticket: Block<'_>, name: &str) -> Result<[Option<String>; 3], ReadError> {
    let text = |number: u8| ticket.optional(&format!("{name}{number}"));
    Ok([text(1)?, text(2)?, text(3)?])
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::{read_answer, write_answer};
    use super::*;
    use crate::wire::{CardClass, Style};

    /// The fragment of section 5.10 in an answer of its own.
    const ANSWER: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<XmlMsg>
  <MessageHeader>
    <ProcessExecutionTime>20261120100000</ProcessExecutionTime>
    <QualificationConfirmationDate>20261120</QualificationConfirmationDate>
    <MedicalInstitutionCode>1319990001</MedicalInstitutionCode>
    <ReferenceClassification>1</ReferenceClassification>
    <SegmentOfResult>1</SegmentOfResult>
    <CharacterCodeIdentifier>0</CharacterCodeIdentifier>
  </MessageHeader>
  <MessageBody>
    <ProcessingResultStatus>1</ProcessingResultStatus>
    <QualificationValidity>1</QualificationValidity>
    <ResultList>
      <ResultOfQualificationConfirmation>
        <InsuredCardClassification>A1</InsuredCardClassification>
        <InsurerNumber>12130019</InsurerNumber>
        <InsuredIdentificationNumber>1234566</InsuredIdentificationNumber>
        <Name>仮名　四郎</Name>
        <NameKana>ｶﾅ ｼﾛｳ</NameKana>
        <Sex1>1</Sex1>
        <Birthdate>19701231</Birthdate>
        <QualificationDate>20260901</QualificationDate>
        <InsurerName>見本福祉事務所</InsurerName>
        <PublicExpenseResultList>
          <MedicalTicketInfo>
            <TicketType>01</TicketType>
            <MedicalTicketValidDate>20261101</MedicalTicketValidDate>
            <MedicalTicketExpirationDate>20261130</MedicalTicketExpirationDate>
            <IssueNumber>0000123</IssueNumber>
            <MedicalTreatmentMonth>202611</MedicalTreatmentMonth>
            <DesignatedMedicalInstitutionFlag>0</DesignatedMedicalInstitutionFlag>
            <MedicalTreatmentType>02</MedicalTreatmentType>
            <SelfPayAmount>0</SelfPayAmount>
            <SingleOrCombinedUse>01</SingleOrCombinedUse>
            <StatusOfSocialInsurance>02</StatusOfSocialInsurance>
          </MedicalTicketInfo>
        </PublicExpenseResultList>
      </ResultOfQualificationConfirmation>
    </ResultList>
  </MessageBody>
</XmlMsg>
"#;

    #[test]
    fn the_published_fragment_reads_and_is_written_back_byte_by_byte() {
        let answer = read_answer(ANSWER.as_bytes()).unwrap();
        let person = &answer.body.as_ref().unwrap().people[0];
        assert_eq!(person.card_class, CardClass::MedicalAid);
        let november = Month::of(date(2026, 11, 1));
        let ticket = MedicalTicket {
            to: Some(date(2026, 11, 30)),
            number: Some("0000123".to_owned()),
            care: Some(CareSetting::Outpatient),
            self_pay: Some(0),
            use_with: Some(TicketUse::Alone),
            social_insurance: Some(YesNo::No),
            ..MedicalTicket::new(
                TicketKind::Medical,
                november,
                november.first(),
                InstitutionMatch::Same,
            )
        };
        assert_eq!(person.tickets, [ticket]);
        let written = String::from_utf8(write_answer(&answer, &Style::default())).unwrap();
        assert_eq!(written, ANSWER);
    }

    #[test]
    fn a_ticket_without_the_flag_is_refused() {
        let flag = "<DesignatedMedicalInstitutionFlag>0</DesignatedMedicalInstitutionFlag>";
        let error = read_answer(ANSWER.replace(flag, "").as_bytes()).unwrap_err();
        assert!(error.to_string().contains("DesignatedMedicalInstitutionFlag"), "{error}");
    }
}
