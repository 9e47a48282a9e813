//! Writing, in the order of the layout.

use super::KEY;
use super::answer::{AnswerBody, AnswerHeader, ConfirmationAnswer, Notice};
use super::person::{ConsentTriple, ElderlyRecipient, LimitInfo, PersonResult, SpecificDisease};
use super::request::{ConfirmationRequest, SearchInfo};
use super::ticket::write_ticket;
use crate::wire::element::Element;
use crate::wire::fields::message;
use crate::wire::style::{Padding, PrescriptionPlace, Style};

/// Writes a request.
pub fn write_request(request: &ConfirmationRequest, style: &Style) -> Vec<u8> {
    let header = Element::new("MessageHeader")
        .value("QualificationConfirmationDate", &request.confirmation_date)
        .value("MedicalInstitutionCode", &request.institution)
        .maybe("ArbitraryFileIdentifier", request.file_id.as_ref());
    let body = Element::new("MessageBody").with(search(&request.search, style.insurer_padding));
    style.document(message(header, body))
}

/// Writes an answer. The character code is that of `style`, in the header as well.
pub fn write_answer(answer: &ConfirmationAnswer, style: &Style) -> Vec<u8> {
    let body = match &answer.body {
        Some(answer) => body(answer, style),
        None => Element::new("MessageBody"),
    };
    style.document(message(header(&answer.header, style), body))
}

fn header(header: &AnswerHeader, style: &Style) -> Element {
    let element = Element::new("MessageHeader")
        .value("ProcessExecutionTime", &header.executed)
        .value("QualificationConfirmationDate", &header.confirmation_date)
        .value("MedicalInstitutionCode", &header.institution)
        .maybe("ArbitraryFileIdentifier", header.file_id.as_ref())
        .value("ReferenceClassification", &header.reference)
        .value("SegmentOfResult", &header.segment);
    notice(element, ["ErrorCode", "ErrorMessage"], header.error.as_ref())
        .value("CharacterCodeIdentifier", &style.charset)
}

pub(in crate::wire) fn notice(
    element: Element,
    [code, message]: [&str; 2],
    notice: Option<&Notice>,
) -> Element {
    element
        .maybe(code, notice.map(|notice| &notice.code))
        .maybe(message, notice.map(|notice| &notice.message))
}

fn body(body: &AnswerBody, style: &Style) -> Element {
    let in_person =
        style.prescription_place == PrescriptionPlace::Person && !body.people.is_empty();
    let (of_body, of_person) =
        if in_person { (None, body.prescription) } else { (body.prescription, None) };
    let people = body.people.iter().enumerate().map(|(index, result)| {
        person(result, style.insurer_padding)
            .maybe("PrescriptionIssueSelect", of_person.filter(|_| index == 0).as_ref())
    });
    let element = Element::new("MessageBody").value("ProcessingResultStatus", &body.status);
    let names = ["ProcessingResultCode", "ProcessingResultMessage"];
    notice(element, names, body.result.as_ref())
        .maybe("QualificationValidity", body.validity.as_ref())
        .maybe("PrescriptionIssueSelect", of_body.as_ref())
        .with(Element::new("ResultList").with_all(people))
        .with_all(body.search.as_ref().map(|info| search(info, style.insurer_padding)))
}

fn search(search: &SearchInfo, padding: Padding) -> Element {
    Element::new("QualificationConfirmSearchInfo")
        .key(&KEY, &search.key, padding)
        .value("Birthdate", &search.birth)
        .value("LimitApplicationCertificateRelatedConsFlg", &search.limit_consent)
        .maybe("ArbitraryIdentifier", search.person_id.as_ref())
}

pub(in crate::wire) fn person(person: &PersonResult, padding: Padding) -> Element {
    let element = Element::new("ResultOfQualificationConfirmation")
        .value("InsuredCardClassification", &person.card_class)
        .key(&KEY, &person.key, padding)
        .maybe("PersonalFamilyClassification", person.relation.as_ref())
        .maybe("InsuredName", person.insured_name.as_ref())
        .value("Name", &person.name)
        .maybe("NameOfOther", person.other_name.as_ref())
        .maybe("NameKana", person.kana.as_ref())
        .maybe("NameOfOtherKana", person.other_kana.as_ref())
        .value("Sex1", &person.sex)
        .maybe("Sex2", person.sex_on_back.as_ref())
        .value("Birthdate", &person.birth)
        .maybe("Address", person.address.as_ref())
        .maybe("PostNumber", person.post.as_ref());
    consents(certificates(card(element, person), person), person)
        .maybe("ArbitraryIdentifier", person.person_id.as_ref())
        .maybe("ReferenceNumber", person.reference_number.as_ref())
}

fn card(element: Element, person: &PersonResult) -> Element {
    let preschool = person.preschool.then_some(true);
    element
        .maybe("QualificationDate", person.qualification_date.as_ref())
        .maybe("DisqualificationDate", person.disqualification_date.as_ref())
        .maybe("InsuredCertificateIssuanceDate", person.issued.as_ref())
        .maybe("InsuredCardValidDate", person.valid_from.as_ref())
        .maybe("InsuredCardExpirationDate", person.valid_to.as_ref())
        .maybe("InsuredPartialContributionRatio", person.ratio_percent.as_ref())
        .maybe("PreschoolClassification", preschool.as_ref())
        .maybe("ReasonOfLoss", person.loss_reason.as_ref())
        .value("InsurerName", &person.insurer_name)
}

fn certificates(element: Element, person: &PersonResult) -> Element {
    let limit_consent = person.limit_consent.as_ref();
    let disease_consent = person.disease_consent.as_ref();
    let diseases = person.diseases.iter().map(disease);
    element
        .with_all(person.elderly.as_ref().map(elderly))
        .maybe(
            "LimitApplicationCertificateRelatedConsFlg",
            limit_consent.map(|consent| &consent.given),
        )
        .maybe(
            "LimitApplicationCertificateRelatedConsTime",
            limit_consent.and_then(|consent| consent.at.as_ref()),
        )
        .with_all(person.limit.as_ref().map(limit))
        .maybe("LimitApplicationCertificateChanged", person.limit_changed.as_ref())
        .maybe(
            "SpecificDiseasesCertificateRelatedConsFlg",
            disease_consent.map(|consent| &consent.flag),
        )
        .maybe(
            "SpecificDiseasesCertificateRelatedConsTime",
            disease_consent.and_then(|consent| consent.at.as_ref()),
        )
        .with(Element::new("SpecificDiseasesCertificateList").with_all(diseases))
        .with(
            Element::new("PublicExpenseResultList")
                .with_all(person.tickets.iter().map(write_ticket)),
        )
}

fn elderly(elderly: &ElderlyRecipient) -> Element {
    Element::new("ElderlyRecipientCertificateInfo")
        .maybe("ElderlyRecipientCertificateDate", elderly.issued.as_ref())
        .maybe("ElderlyRecipientValidStartDate", elderly.from.as_ref())
        .maybe("ElderlyRecipientValidEndDate", elderly.to.as_ref())
        .value("ElderlyRecipientContributionRatio", &elderly.ratio_percent)
}

fn limit(limit: &LimitInfo) -> Element {
    Element::new("LimitApplicationCertificateRelatedInfo")
        .maybe("LimitApplicationCertificateClassification", limit.certificate.as_ref())
        .value("LimitApplicationCertificateClassificationFlag", &limit.class)
        .maybe("LimitApplicationCertificateDate", limit.issued.as_ref())
        .maybe("LimitApplicationCertificateValidStartDate", limit.from.as_ref())
        .maybe("LimitApplicationCertificateValidEndDate", limit.to.as_ref())
        .maybe("LimitApplicationCertificateLongTermDate", limit.long_term.as_ref())
}

fn disease(disease: &SpecificDisease) -> Element {
    Element::new("SpecificDiseasesCertificateInfo")
        .value("SpecificDiseasesDiseaseCategory", &disease.disease)
        .maybe("SpecificDiseasesCertificateDate", disease.issued.as_ref())
        .maybe("SpecificDiseasesValidStartDate", disease.from.as_ref())
        .maybe("SpecificDiseasesValidEndDate", disease.to.as_ref())
        .maybe("SpecificDiseasesSelfPay", disease.self_pay.as_ref())
}

fn consents(element: Element, person: &PersonResult) -> Element {
    let triples = [
        ("SpecificHealthCheckupsInfo", &person.checkup),
        ("PharmacistsInfo", &person.drugs),
        ("DiagnosisInfo", &person.diagnosis),
        ("OperationInfo", &person.operation),
    ];
    triples.into_iter().fold(element, |element, (name, triple)| match triple {
        Some(triple) => consent(element, name, triple),
        None => element,
    })
}

fn consent(element: Element, name: &str, triple: &ConsentTriple) -> Element {
    element
        .value(&format!("{name}ConsFlg"), &triple.flag)
        .maybe(&format!("{name}ConsTime"), triple.at.as_ref())
        .maybe(&format!("{name}AvailableTime"), triple.until.as_ref())
}
