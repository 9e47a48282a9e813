//! The messages that are played: good ones, with the reader of each.

use std::fmt::Debug;

use madoguchi_reference::wire::{
    BulkKind, Charset, ReadError, Style, read_answer, read_bulk_download, read_bulk_receipt,
    read_bulk_result, read_bulk_upload, read_check_up_answer, read_check_up_request,
    read_records_answer, read_records_request, read_registration_answer, read_registration_request,
    read_request, write_answer, write_check_up_answer, write_check_up_request,
    write_records_answer, write_records_request, write_registration_answer,
    write_registration_request, write_request,
};

/// One kind of message.
pub struct Kind {
    /// System, mode, function and step, as file names begin.
    pub prefix: &'static str,
    /// Whether it goes to the centre, or comes from it.
    pub request: bool,
    /// Good ones.
    pub samples: &'static [&'static str],
    /// Reads one and, where it can be read, writes and reads it again.
    pub read: fn(&[u8]) -> Result<(), ReadError>,
}

const fn request(
    prefix: &'static str,
    samples: &'static [&'static str],
    read: fn(&[u8]) -> Result<(), ReadError>,
) -> Kind {
    Kind { prefix, request: true, samples, read }
}

const fn answer(
    prefix: &'static str,
    samples: &'static [&'static str],
    read: fn(&[u8]) -> Result<(), ReadError>,
) -> Kind {
    Kind { prefix, request: false, samples, read }
}

macro_rules! sample {
    ($name:literal) => {
        include_str!(concat!("../samples/", $name, ".xml"))
    };
}

const CHECK_UP_REQUEST: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<XmlMsg>
  <MessageHeader>
    <MedicalInstitutionCode>1319990001</MedicalInstitutionCode>
    <InsurerNumber>06139992</InsurerNumber>
    <InsuranceCardSymbol>７０１</InsuranceCardSymbol>
    <InsuredPersonIdentificationNumber>１２３４５</InsuredPersonIdentificationNumber>
    <BranchNumber>01</BranchNumber>
    <ArbitraryFileIdentifier>TKK-1</ArbitraryFileIdentifier>
  </MessageHeader>
  <MessageBody>
    <FileCategory>2</FileCategory>
    <MedicalTreatmentFlag>1</MedicalTreatmentFlag>
  </MessageBody>
</XmlMsg>
"#;
const ONLINE_LIST: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<XmlMsg>
  <MessageHeader><MedicalInstitutionCode>1319990001</MedicalInstitutionCode></MessageHeader>
  <MessageBody>
    <QualificationConfirmSearchInfo>
      <ExaminationDateFrom>20261118</ExaminationDateFrom>
      <ExaminationDateTo>20261120</ExaminationDateTo>
      <MedicalTreatmentFlag>3</MedicalTreatmentFlag>
    </QualificationConfirmSearchInfo>
  </MessageBody>
</XmlMsg>
"#;
const TICKET_LIST: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<XmlMsg>
  <MessageHeader><MedicalInstitutionCode>1319990001</MedicalInstitutionCode></MessageHeader>
  <MessageBody>
    <QualificationConfirmSearchInfo>
      <MedicalTreatmentMonth>202611</MedicalTreatmentMonth>
    </QualificationConfirmSearchInfo>
  </MessageBody>
</XmlMsg>
"#;
const DOWNLOAD: &str = sample!("bulk-download");
const RECEIPT: &str = sample!("bulk-receipt");
const RESULT: &str = sample!("bulk-result");

/// Every message of section 2 of the collected facts whose layout is known.
pub const KINDS: &[Kind] = &[
    request("OQSsiquc01", &[sample!("single-request")], |bytes| {
        again(bytes, read_request, write_request)
    }),
    answer(
        "OQSsiquc01",
        &[
            sample!("result-with-limit"),
            sample!("face-result"),
            sample!("nobody-found"),
            sample!("specific-disease"),
        ],
        |bytes| {
            let utf8 = |bytes: &[u8]| {
                let mut answer = read_answer(bytes)?;
                answer.header.charset = Charset::Utf8;
                Ok(answer)
            };
            again(bytes, utf8, write_answer)
        },
    ),
    request("YZKsiquc01", &[sample!("records-request")], |bytes| {
        again(bytes, read_records_request, write_records_request)
    }),
    answer("YZKsiquc01", &[sample!("records-answer")], |bytes| {
        again(bytes, read_records_answer, write_records_answer)
    }),
    request("TKKsiquc01", &[CHECK_UP_REQUEST], |bytes| {
        again(bytes, read_check_up_request, write_check_up_request)
    }),
    answer("TKKsiquc01", &[sample!("check-up-answer")], |bytes| {
        again(bytes, read_check_up_answer, write_check_up_answer)
    }),
    request(
        "OQSsiimm01",
        &[sample!("registration-wrapped"), sample!("registration-bare")],
        |bytes| again(bytes, read_registration_request, write_registration_request),
    ),
    answer("OQSsiimm01", &[sample!("registration-result")], |bytes| {
        let utf8 = |bytes: &[u8]| {
            let mut answer = read_registration_answer(bytes)?;
            answer.header.charset = Charset::Utf8;
            Ok(answer)
        };
        again(bytes, utf8, write_registration_answer)
    }),
    request("OQSmuquc01", &[sample!("bulk-upload")], |bytes| {
        read_bulk_upload(bytes, BulkKind::Confirmation).map(|_| ())
    }),
    request("OQSmuhvq01", &[sample!("home-visit-list-request")], |bytes| {
        read_bulk_upload(bytes, BulkKind::HomeVisit).map(|_| ())
    }),
    request("OQSmuonq01", &[ONLINE_LIST], |bytes| {
        read_bulk_upload(bytes, BulkKind::OnlineCare).map(|_| ())
    }),
    request("OQSmutic01", &[TICKET_LIST], |bytes| {
        read_bulk_upload(bytes, BulkKind::Tickets).map(|_| ())
    }),
    answer("OQSmuquc01", &[RECEIPT], receipt),
    answer("OQSmuhvq01", &[RECEIPT], receipt),
    answer("OQSmuonq01", &[RECEIPT], receipt),
    answer("OQSmutic01", &[RECEIPT], receipt),
    request("OQSmuquc02", &[DOWNLOAD], download),
    request("OQSmuhvq02", &[DOWNLOAD], download),
    request("OQSmuonq02", &[DOWNLOAD], download),
    request("OQSmutic02", &[DOWNLOAD], download),
    answer("OQSmuquc02", &[RESULT], result),
    answer("OQSmuhvq02", &[RESULT], result),
    answer("OQSmuonq02", &[RESULT], result),
    answer("OQSmutic02", &[RESULT], result),
];

fn receipt(bytes: &[u8]) -> Result<(), ReadError> {
    read_bulk_receipt(bytes).map(|_| ())
}

fn download(bytes: &[u8]) -> Result<(), ReadError> {
    read_bulk_download(bytes).map(|_| ())
}

fn result(bytes: &[u8]) -> Result<(), ReadError> {
    read_bulk_result(bytes).map(|_| ())
}

/// Whatever can be read is written so that it reads back the same.
fn again<T: PartialEq + Debug>(
    bytes: &[u8],
    read: fn(&[u8]) -> Result<T, ReadError>,
    write: fn(&T, &Style) -> Vec<u8>,
) -> Result<(), ReadError> {
    let first = read(bytes)?;
    let written = write(&first, &Style::default());
    assert_eq!(read(&written).as_ref(), Ok(&first));
    Ok(())
}
