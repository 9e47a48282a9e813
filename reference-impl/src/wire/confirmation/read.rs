//! Reading, in any order of elements and either padding.

use super::KEY;
use super::answer::{AnswerBody, AnswerHeader, ConfirmationAnswer, Notice};
use super::person::{
    ConsentMark, ConsentStamp, ConsentTriple, ElderlyRecipient, LimitInfo, PersonResult,
    SpecificDisease,
};
use super::request::{ConfirmationRequest, SearchInfo};
use super::ticket::read_ticket;
use crate::wire::charset::Charset;
use crate::wire::codes::PrescriptionForm;
use crate::wire::error::ReadError;
use crate::wire::fields::{Block, Message};
use crate::wire::header::check_charset;

/// Reads a request.
pub fn read_request(bytes: &[u8]) -> Result<ConfirmationRequest, ReadError> {
    let message = Message::read(bytes)?;
    let header = message.header()?;
    // The header goes first: an error in it concerns the request as a whole.
    let confirmation_date = header.required("QualificationConfirmationDate")?;
    let institution = header.required("MedicalInstitutionCode")?;
    let file_id = header.optional("ArbitraryFileIdentifier")?;
    let body = message.required_body()?;
    let search = search(body.required_block("QualificationConfirmSearchInfo")?)?;
    Ok(ConfirmationRequest { confirmation_date, institution, file_id, search })
}

/// Reads an answer.
pub fn read_answer(bytes: &[u8]) -> Result<ConfirmationAnswer, ReadError> {
    let message = Message::read(bytes)?;
    let header = header(message.header()?, message.charset)?;
    let body = message.body()?.map(body).transpose()?;
    Ok(ConfirmationAnswer { header, body })
}

fn header(header: Block<'_>, charset: Charset) -> Result<AnswerHeader, ReadError> {
    check_charset(header, charset)?;
    Ok(AnswerHeader {
        executed: header.required("ProcessExecutionTime")?,
        confirmation_date: header.required("QualificationConfirmationDate")?,
        institution: header.required("MedicalInstitutionCode")?,
        file_id: header.optional("ArbitraryFileIdentifier")?,
        reference: header.required("ReferenceClassification")?,
        segment: header.required("SegmentOfResult")?,
        error: notice(header, ["ErrorCode", "ErrorMessage"])?,
        charset,
    })
}

pub(in crate::wire) fn notice(
    block: Block<'_>,
    [code, message]: [&str; 2],
) -> Result<Option<Notice>, ReadError> {
    let (code, message) = (block.optional(code)?, block.optional(message)?);
    let is_there = code.is_some() || message.is_some();
    Ok(is_there
        .then(|| Notice { code: code.unwrap_or_default(), message: message.unwrap_or_default() }))
}

fn body(body: Block<'_>) -> Result<AnswerBody, ReadError> {
    let list = body.block("ResultList")?;
    let blocks: Vec<_> =
        list.iter().flat_map(|list| list.blocks("ResultOfQualificationConfirmation")).collect();
    Ok(AnswerBody {
        status: body.required("ProcessingResultStatus")?,
        result: notice(body, ["ProcessingResultCode", "ProcessingResultMessage"])?,
        validity: body.optional("QualificationValidity")?,
        prescription: prescription(body, &blocks)?,
        search: body.block("QualificationConfirmSearchInfo")?.map(search).transpose()?,
        people: blocks.into_iter().map(person).collect::<Result<_, _>>()?,
    })
}

/// Sources disagree on whether the form stands in the body or in a person block, so the
/// first one found counts.
fn prescription(
    body: Block<'_>,
    people: &[Block<'_>],
) -> Result<Option<PrescriptionForm>, ReadError> {
    for block in std::iter::once(&body).chain(people) {
        if let Some(form) = block.optional("PrescriptionIssueSelect")? {
            return Ok(Some(form));
        }
    }
    Ok(None)
}

fn search(search: Block<'_>) -> Result<SearchInfo, ReadError> {
    Ok(SearchInfo {
        key: search.key(&KEY)?,
        birth: search.required("Birthdate")?,
        limit_consent: search.required("LimitApplicationCertificateRelatedConsFlg")?,
        person_id: search.optional("ArbitraryIdentifier")?,
    })
}

pub(in crate::wire) fn person(person: Block<'_>) -> Result<PersonResult, ReadError> {
    let diseases = match person.block("SpecificDiseasesCertificateList")? {
        Some(list) => list.blocks("SpecificDiseasesCertificateInfo").map(disease).collect(),
        None => Ok(Vec::new()),
    };
    let tickets = match person.block("PublicExpenseResultList")? {
        Some(list) => list.blocks("MedicalTicketInfo").map(read_ticket).collect(),
        None => Ok(Vec::new()),
    };
    let limit_info = person.block("LimitApplicationCertificateRelatedInfo")?;
    Ok(PersonResult {
        card_class: person.required("InsuredCardClassification")?,
        key: person.shown_key(&KEY)?,
        relation: person.optional("PersonalFamilyClassification")?,
        insured_name: person.optional("InsuredName")?,
        name: person.required("Name")?,
        other_name: person.optional("NameOfOther")?,
        kana: person.optional("NameKana")?,
        other_kana: person.optional("NameOfOtherKana")?,
        sex: person.required("Sex1")?,
        sex_on_back: person.optional("Sex2")?,
        birth: person.required("Birthdate")?,
        address: person.optional("Address")?,
        post: person.optional("PostNumber")?,
        qualification_date: person.optional("QualificationDate")?,
        disqualification_date: person.optional("DisqualificationDate")?,
        issued: person.optional("InsuredCertificateIssuanceDate")?,
        valid_from: person.optional("InsuredCardValidDate")?,
        valid_to: person.optional("InsuredCardExpirationDate")?,
        ratio_percent: person.optional("InsuredPartialContributionRatio")?,
        preschool: person.optional("PreschoolClassification")?.unwrap_or(false),
        loss_reason: person.optional("ReasonOfLoss")?,
        insurer_name: person.required("InsurerName")?,
        elderly: person.block("ElderlyRecipientCertificateInfo")?.map(elderly).transpose()?,
        limit_consent: limit_consent(person)?,
        limit: limit_info.map(limit).transpose()?,
        limit_changed: person.optional("LimitApplicationCertificateChanged")?,
        disease_consent: disease_consent(person)?,
        diseases: diseases?,
        tickets: tickets?,
        checkup: consent(person, "SpecificHealthCheckupsInfo")?,
        drugs: consent(person, "PharmacistsInfo")?,
        diagnosis: consent(person, "DiagnosisInfo")?,
        operation: consent(person, "OperationInfo")?,
        person_id: person.optional("ArbitraryIdentifier")?,
        reference_number: person.optional("ReferenceNumber")?,
    })
}

fn elderly(elderly: Block<'_>) -> Result<ElderlyRecipient, ReadError> {
    Ok(ElderlyRecipient {
        issued: elderly.optional("ElderlyRecipientCertificateDate")?,
        from: elderly.optional("ElderlyRecipientValidStartDate")?,
        to: elderly.optional("ElderlyRecipientValidEndDate")?,
        ratio_percent: elderly.required("ElderlyRecipientContributionRatio")?,
    })
}

fn limit(limit: Block<'_>) -> Result<LimitInfo, ReadError> {
    Ok(LimitInfo {
        certificate: limit.optional("LimitApplicationCertificateClassification")?,
        class: limit.required("LimitApplicationCertificateClassificationFlag")?,
        issued: limit.optional("LimitApplicationCertificateDate")?,
        from: limit.optional("LimitApplicationCertificateValidStartDate")?,
        to: limit.optional("LimitApplicationCertificateValidEndDate")?,
        long_term: limit.optional("LimitApplicationCertificateLongTermDate")?,
    })
}

fn disease(disease: Block<'_>) -> Result<SpecificDisease, ReadError> {
    Ok(SpecificDisease {
        disease: disease.required("SpecificDiseasesDiseaseCategory")?,
        issued: disease.optional("SpecificDiseasesCertificateDate")?,
        from: disease.optional("SpecificDiseasesValidStartDate")?,
        to: disease.optional("SpecificDiseasesValidEndDate")?,
        self_pay: disease.optional("SpecificDiseasesSelfPay")?,
    })
}

fn limit_consent(person: Block<'_>) -> Result<Option<ConsentMark>, ReadError> {
    let flag = person.optional("LimitApplicationCertificateRelatedConsFlg")?;
    let at = person.optional("LimitApplicationCertificateRelatedConsTime")?;
    Ok(flag.map(|given| ConsentMark { given, at }))
}

fn disease_consent(person: Block<'_>) -> Result<Option<ConsentStamp>, ReadError> {
    let flag = person.optional("SpecificDiseasesCertificateRelatedConsFlg")?;
    let at = person.optional("SpecificDiseasesCertificateRelatedConsTime")?;
    Ok(flag.map(|flag| ConsentStamp { flag, at }))
}

fn consent(person: Block<'_>, name: &str) -> Result<Option<ConsentTriple>, ReadError> {
    let flag = person.optional(&format!("{name}ConsFlg"))?;
    let at = person.optional(&format!("{name}ConsTime"))?;
    let until = person.optional(&format!("{name}AvailableTime"))?;
    Ok(flag.map(|flag| ConsentTriple { flag, at, until }))
}
