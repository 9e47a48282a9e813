//! From the files of the folders to questions, and from answers back to files, family by family.

use crate::calendar::Jst;
use crate::ids::InstitutionCode;
use crate::message::centre::{Question, Reply};
use crate::wire::{
    AnswerBody, AnswerHeader, BulkReceipt, BulkResult, CheckUpAnswer, ConfirmationAnswer, Echo,
    Family, Level, Notice, PlainHeader, ReadError, RecordsAnswer, Reference, RegistrationAnswer,
    RegistrationBody, Segment, Status, Style, read_bulk_download, read_bulk_upload,
    read_check_up_request, read_records_request, read_registration_request, read_request,
    write_answer, write_bulk_receipt, write_bulk_result, write_check_up_answer,
    write_records_answer, write_registration_answer,
};

/// What a request of an institution asks the centre.
pub(super) fn question(
    family: Family,
    bytes: &[u8],
    institution: &InstitutionCode,
) -> Result<Question, ReadError> {
    let (asker, question) = match family {
        Family::Confirmation => {
            let asked = read_request(bytes)?;
            (asked.institution.clone(), Question::ByNumber(Box::new(asked)))
        }
        Family::Records => {
            let asked = read_records_request(bytes)?;
            (asked.institution.clone(), Question::Records(Box::new(asked)))
        }
        Family::CheckUps => {
            let asked = read_check_up_request(bytes)?;
            (asked.institution.clone(), Question::CheckUps(Box::new(asked)))
        }
        Family::ReferenceNumber => {
            let asked = read_registration_request(bytes)?;
            (asked.institution.clone(), Question::RegisterNumber(Box::new(asked)))
        }
        Family::BulkUpload(kind) => {
            let upload = read_bulk_upload(bytes, kind)?;
            (upload.institution.clone(), Question::BulkUpload(Box::new(upload)))
        }
        Family::BulkDownload(_) => {
            let asked = read_bulk_download(bytes)?;
            (asked.institution.clone(), Question::BulkDownload(asked))
        }
    };
    if asker == *institution {
        return Ok(question);
    }
    Err(ReadError {
        level: Level::Header,
        element: "MedicalInstitutionCode".to_owned(),
        line: 0,
        column: 0,
        problem: format!("this terminal belongs to {institution}, not to {asker}"),
    })
}

/// The answer to a request that could not be answered: an error of the person or document where
/// the family has a place for it, else of the request as a whole.
pub(super) fn failure(
    family: Family,
    level: Level,
    (now, institution): (Jst, &InstitutionCode),
    echo: &Echo,
    error: Notice,
) -> Reply {
    let file_id = echo.file_id.clone();
    let header = PlainHeader { file_id, ..PlainHeader::new(now, institution.clone()) };
    match family {
        Family::Confirmation => {
            Reply::Confirmation(Box::new(confirmation(level, header, echo, error)))
        }
        Family::Records => Reply::Records(Box::new(RecordsAnswer::Refused(error))),
        Family::CheckUps => Reply::CheckUps(Box::new(CheckUpAnswer::Refused(error))),
        Family::ReferenceNumber if level == Level::Person => {
            let (status, result, number) = (Status::Error, Some(error), None);
            let body = Some(RegistrationBody { status, result, number });
            Reply::Registered(Box::new(RegistrationAnswer { header, body }))
        }
        Family::ReferenceNumber => {
            let header = header.failed(error);
            Reply::Registered(Box::new(RegistrationAnswer { header, body: None }))
        }
        Family::BulkUpload(_) => {
            let (header, reception) = (header.failed(error), None);
            Reply::BulkReceipt(Box::new(BulkReceipt { header, reception }))
        }
        Family::BulkDownload(_) => {
            let (header, units) = (header.failed(error), Vec::new());
            Reply::BulkResult(Box::new(BulkResult { header, units }))
        }
    }
}

fn confirmation(
    level: Level,
    header: PlainHeader,
    echo: &Echo,
    error: Notice,
) -> ConfirmationAnswer {
    let person = level == Level::Person;
    let (header_error, result) = if person { (None, Some(error)) } else { (Some(error), None) };
    let header = AnswerHeader {
        executed: header.executed,
        confirmation_date: echo.confirmation_date.unwrap_or_else(|| header.executed.date()),
        institution: header.institution,
        file_id: header.file_id,
        reference: Reference::Number,
        segment: if person { Segment::Normal } else { Segment::Abnormal },
        error: header_error,
        charset: header.charset,
    };
    let body = person.then_some(AnswerBody {
        status: Status::Error,
        result,
        validity: None,
        prescription: None,
        search: None,
        people: Vec::new(),
    });
    ConfirmationAnswer { header, body }
}

/// The file that holds an answer; none if it is not an answer to this family.
pub(super) fn answer(family: Family, reply: &Reply, style: &Style) -> Option<Vec<u8>> {
    Some(match (family, reply) {
        (Family::Confirmation, Reply::Confirmation(answer)) => write_answer(answer, style),
        (Family::Records, Reply::Records(answer)) => write_records_answer(answer, style),
        (Family::CheckUps, Reply::CheckUps(answer)) => write_check_up_answer(answer, style),
        (Family::ReferenceNumber, Reply::Registered(answer)) => {
            write_registration_answer(answer, style)
        }
        (Family::BulkUpload(_), Reply::BulkReceipt(receipt)) => write_bulk_receipt(receipt, style),
        (Family::BulkDownload(_), Reply::BulkResult(result)) => write_bulk_result(result, style),
        _ => return None,
    })
}
