//! What the requests for one patient's information, and their answers, have in common
//! (`YZKsiquc01` and `TKKsiquc01`, section 3.7).

use jiff::civil::Date;
use serde::Serialize;

use super::codes::Sex;
use super::confirmation::Notice;
use super::element::Element;
use super::error::{Level, ReadError};
use super::fields::{Block, KeyNames, Message, message};
use super::style::Style;
use crate::ids::{InstitutionCode, InsuredKey};

/// What the parts of the key are called in these families.
const KEY: KeyNames = KeyNames {
    insurer: "InsurerNumber",
    symbol: "InsuranceCardSymbol",
    number: "InsuredPersonIdentificationNumber",
    branch: "BranchNumber",
};
/// `FileCategory` of an answer in XML; `1` asks for a PDF.
const XML: &str = "2";
/// `ResultCode` of a success. What else it may be is not known.
const SUCCESS: &str = "1";

/// The patient that information is about.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct RecordsPerson {
    /// Name.
    pub name: String,
    /// Half-width kana name.
    pub kana: Option<String>,
    /// Birth date.
    pub birth: Date,
    /// Sex (OQSCD007).
    pub sex: Sex,
}

/// What the parts of a [`RecordsPerson`] are called, which differs between the two families.
pub(super) struct PersonNames {
    pub(super) block: &'static str,
    pub(super) name: &'static str,
    pub(super) kana: &'static str,
    pub(super) birth: &'static str,
    pub(super) sex: &'static str,
}

/// The header of a request; the key stands in it, not in the body.
pub(super) fn request_header(
    institution: &InstitutionCode,
    key: &InsuredKey,
    file_id: Option<&String>,
    style: &Style,
) -> Element {
    Element::new("MessageHeader")
        .value("MedicalInstitutionCode", institution)
        .key(&KEY, key, style.insurer_padding)
        .maybe("ArbitraryFileIdentifier", file_id)
}

pub(super) fn read_request_header(
    header: Block<'_>,
) -> Result<(InstitutionCode, InsuredKey, Option<String>), ReadError> {
    let institution = header.required("MedicalInstitutionCode")?;
    let key = header.key(&KEY)?;
    Ok((institution, key, header.optional("ArbitraryFileIdentifier")?))
}

/// Asks for the answer in XML.
pub(super) fn in_xml(body: Element) -> Element {
    body.with(Element::leaf("FileCategory", XML))
}

/// Only the XML form of the answer is simulated, so a request for the PDF form is an error of
/// this document.
pub(super) fn check_in_xml(body: Block<'_>) -> Result<(), ReadError> {
    if body.required::<String>("FileCategory")? == XML {
        return Ok(());
    }
    Err(body.error("asks in FileCategory for another form than XML (2)"))
}

/// An answer with information.
pub(super) fn success(names: &PersonNames, person: &RecordsPerson, body: Element) -> Element {
    let person = Element::new(names.block)
        .value(names.name, &person.name)
        .maybe(names.kana, person.kana.as_ref())
        .value(names.birth, &person.birth)
        .value(names.sex, &person.sex);
    let header = Element::new("MessageHeader");
    message(header.with(Element::leaf("ResultCode", SUCCESS)).with(person), body)
}

/// An answer that refuses.
pub(super) fn refusal(notice: &Notice) -> Element {
    let header = Element::new("MessageHeader")
        .value("ResultCode", &notice.code)
        .value("MessageContents", &notice.message);
    message(header, Element::new("MessageBody"))
}

/// The refusal in an answer, if it is one. The parents of `ResultCode` and `MessageContents`
/// are not known, so they are looked for everywhere, as a published client does.
pub(super) fn read_refusal(message: &Message) -> Result<Option<Notice>, ReadError> {
    let whole = message.whole(Level::Header);
    let said = |text: &&str| !text.is_empty();
    let text = |name| whole.descendant(name).map(|b| b.text()).filter(said).map(str::to_owned);
    let code = text("ResultCode").ok_or_else(|| whole.error("holds no ResultCode"))?;
    Ok((code != SUCCESS).then(|| {
        let message = text("MessageContents").unwrap_or_default();
        Notice { code, message }
    }))
}

pub(super) fn read_person(
    names: &PersonNames,
    header: Block<'_>,
) -> Result<RecordsPerson, ReadError> {
    let person = header.required_block(names.block)?;
    Ok(RecordsPerson {
        name: person.required(names.name)?,
        kana: person.optional(names.kana)?,
        birth: person.required(names.birth)?,
        sex: person.required(names.sex)?,
    })
}
