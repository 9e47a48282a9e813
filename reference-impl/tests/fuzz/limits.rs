//! The limits of a document have names, and a document beyond one is told which.

use madoguchi_reference::wire::element::{MAX_BYTES, MAX_DEPTH, MAX_ELEMENTS};
use madoguchi_reference::wire::{Level, ReadError};

use crate::messages::KINDS;
use crate::world::drop_request;

const REQUEST: &str = "OQSsiquc01req_202611200001.xml";

fn refused(document: &str) -> ReadError {
    let errors: Vec<ReadError> =
        KINDS.iter().map(|kind| (kind.read)(document.as_bytes()).unwrap_err()).collect();
    assert!(errors.iter().all(|error| *error == errors[0] && error.level == Level::File));
    let came = drop_request(REQUEST, document.as_bytes());
    assert_eq!(came.len(), 2);
    let said = String::from_utf8(came[1].bytes.0.clone()).unwrap();
    assert_eq!(said, errors[0].to_string());
    errors[0].clone()
}

#[test]
fn a_document_that_is_too_deep_is_told_how_deep_it_may_be() {
    for depth in [MAX_DEPTH + 1, 100_000] {
        let error = refused(&format!("{}{}", "<a>".repeat(depth), "</a>".repeat(depth)));
        assert!(error.problem.contains(&MAX_DEPTH.to_string()), "{error}");
    }
}

#[test]
fn a_document_with_too_many_elements_is_told_how_many_it_may_have() {
    let error = refused(&format!("<a>{}</a>", "<b/>".repeat(MAX_ELEMENTS)));
    assert!(error.problem.contains(&MAX_ELEMENTS.to_string()), "{error}");
}

#[test]
fn a_document_that_is_too_large_is_told_how_large_it_may_be() {
    let error = refused(&format!("<a>{}</a>", " ".repeat(MAX_BYTES)));
    assert!(error.problem.contains("4 MiB"), "{error}");
}
