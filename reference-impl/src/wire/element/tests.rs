use super::super::error::Level;
use super::*;

fn read(text: &str) -> Result<Element, ReadError> {
    read_document(text.as_bytes()).map(|(root, _)| root)
}

fn problem(text: &str) -> String {
    let error = read(text).unwrap_err();
    assert_eq!(error.level, Level::File);
    error.problem
}

#[test]
fn references_sections_and_comments_are_read_as_text() {
    let root = read("<a>&lt;1&#x3042;&#49;<!-- no --><![CDATA[ & ]]>&amp;</a >").unwrap();
    assert_eq!(root.text, "<1あ1 & &");
}

#[test]
fn elements_know_where_they_start() {
    let root = read("<?xml version='1.0'?>\n<a>\n  <b>見</b><c />\n</a>\n").unwrap();
    assert_eq!(root.at, Position { line: 2, column: 1 });
    assert_eq!(root.children[0].at, Position { line: 3, column: 3 });
    assert_eq!(root.children[1].at, Position { line: 3, column: 11 });
}

#[test]
fn attributes_and_blanks_in_tags_do_not_matter() {
    let root = read("<a x='1' ><b ></b ></a>").unwrap();
    assert!(root.children[0].is_blank());
}

#[test]
fn a_document_type_definition_is_refused() {
    let bomb = "<!DOCTYPE a [<!ENTITY b 'x'>]><a>&b;</a>";
    assert_eq!(problem(bomb), "holds a document type definition");
    assert!(problem("<a>&b;</a>").starts_with("refers to `&b;`"));
}

#[test]
fn a_document_of_five_mebibytes_is_refused() {
    let large = format!("<a>{}</a>", " ".repeat(5 * 1024 * 1024));
    assert_eq!(problem(&large), "is larger than 4 MiB");
}

#[test]
fn deep_nesting_is_refused() {
    let nested = |depth| format!("{}{}", "<a>".repeat(depth), "</a>".repeat(depth));
    assert!(read(&nested(MAX_DEPTH)).is_ok());
    assert_eq!(problem(&nested(MAX_DEPTH + 1)), "is nested deeper than 32 elements");
    assert_eq!(problem(&"<a>".repeat(1_000_000)), "is nested deeper than 32 elements");
}

#[test]
fn too_many_elements_are_refused() {
    let many = |count| format!("<a>{}</a>", "<b/>".repeat(count));
    assert!(read(&many(MAX_ELEMENTS - 1)).is_ok());
    assert_eq!(problem(&many(MAX_ELEMENTS)), "holds more than 100000 elements");
}

#[test]
fn what_is_not_xml_is_refused() {
    for text in [
        "",
        "  ",
        "text",
        "<a>",
        "<a></b>",
        "</a>",
        "<a/><b/>",
        "<a/>text",
        "text<a/>",
        "<a",
        "<a>&#0;</a>",
        "<a>&#xFFFF;</a>",
        "<a>\u{1}</a>",
        "<a>&</a>",
        "<a>&x</a>",
        "<1/>",
        "< a/>",
        "<a b/>",
        "<a b='1' b='2'/>",
        "<a/>&amp;",
        "<a><?xml version='1.0'?></a>",
        "<![CDATA[x]]><a/>",
    ] {
        assert_eq!(read(text).map_err(|error| error.level), Err(Level::File), "{text}");
    }
}

#[test]
fn a_written_document_reads_back() {
    let leaf = Element::leaf("c", "a < b & \"c\" > 'd'\r\n見本");
    let root = Element::new("a")
        .with(Element::new("b").with(leaf.clone()))
        .with_all([Element::leaf("empty", ""), Element::leaf("e", "1")]);
    let bytes = root.to_document(Charset::ShiftJis);
    let (read, charset) = read_document(&bytes).unwrap();
    assert_eq!(charset, Charset::ShiftJis);
    assert_eq!(read.children[0].children[0].text, leaf.text);
    assert_eq!(read.children.len(), 2);
}

#[test]
fn a_document_is_indented_and_declares_standalone_no() {
    let root = Element::new("XmlMsg").with(Element::new("A").with(Element::leaf("B", "x\u{1}")));
    let text = String::from_utf8(root.to_document(Charset::Utf8)).unwrap();
    let expected = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n\
                    <XmlMsg>\n  <A>\n    <B>x●</B>\n  </A>\n</XmlMsg>\n";
    assert_eq!(text, expected);
}
