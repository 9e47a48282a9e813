//! `madoguchi claim`: what is in a claim file, and what is wrong with it.

use std::fs::File;
use std::io::{self, Read};

use madoguchi_reference::lang::Bilingual;
use madoguchi_reference::register::Register;
use madoguchi_reference::uke::{self, Examination, MAX_FILE_BYTES};
use madoguchi_report::{ClaimCheck, ClaimShow, Lang, claim_check, claim_show, json};

use crate::args::{ClaimArgs, ClaimCommand, Format};
use crate::exit::{CONFORMANT, Failure, NOT_CONFORMANT, USAGE};
use crate::{load, out};

/// The name that stands for standard input.
const STANDARD_INPUT: &str = "-";

pub(crate) fn claim(args: &ClaimArgs, lang: Lang) -> Result<u8, Failure> {
    match &args.command {
        ClaimCommand::Check { files, all, format, register } => {
            let register = load::register(register)?;
            check(files, *all, *format, &register, lang)
        }
        ClaimCommand::Show { file, format, register } => {
            let register = load::register(register)?;
            show(file, *format, &register, lang)
        }
    }
}

/// Files that are no claim files do not keep the others from being checked.
fn check(
    names: &[String],
    all: bool,
    format: Format,
    register: &Register,
    lang: Lang,
) -> Result<u8, Failure> {
    let (mut files, mut unreadable) = (Vec::new(), Vec::new());
    for name in names {
        match bytes(name).and_then(|bytes| examined(name, &bytes, register)) {
            Ok(examination) => files.push((shown(name, lang), examination)),
            Err(problem) => unreadable.push(problem),
        }
    }
    let check = ClaimCheck::of(register, &files);
    if !files.is_empty() {
        out::print(&match format {
            Format::Text => claim_check(&check, all, lang),
            Format::Json => json(&check).map_err(|e| Failure::Harness(e.to_string()))?,
        });
    }
    for problem in &unreadable {
        out::error(problem.pick(lang));
    }
    Ok(match (unreadable.is_empty(), check.violations()) {
        (false, _) => USAGE,
        (true, 0) => CONFORMANT,
        (true, _) => NOT_CONFORMANT,
    })
}

fn show(name: &str, format: Format, register: &Register, lang: Lang) -> Result<u8, Failure> {
    let bytes = bytes(name).map_err(Failure::Author)?;
    let examination = examined(name, &bytes, register).map_err(Failure::Author)?;
    let name = shown(name, lang);
    out::print(&match format {
        Format::Text => claim_show(&name, &bytes, &examination, lang),
        Format::Json => json(&ClaimShow::of(&name, &examination))
            .map_err(|e| Failure::Harness(e.to_string()))?,
    });
    Ok(CONFORMANT)
}

/// How the file is called in results.
fn shown(name: &str, lang: Lang) -> String {
    match name {
        STANDARD_INPUT => lang.pick("標準入力", "standard input").to_owned(),
        name => name.to_owned(),
    }
}

/// The bytes of a file, or why there are none. No more is read than a claim file can have.
fn bytes(name: &str) -> Result<Vec<u8>, Bilingual> {
    let at_most = MAX_FILE_BYTES as u64 + 1;
    let mut bytes = Vec::new();
    let read = match name {
        STANDARD_INPUT => io::stdin().lock().take(at_most).read_to_end(&mut bytes),
        name => File::open(name).and_then(|file| file.take(at_most).read_to_end(&mut bytes)),
    };
    if let Err(error) = read {
        let en = format!("{name}: cannot be read: {error}");
        return Err(Bilingual::new(format!("{name}: 読めません: {error}"), en));
    }
    if bytes.len() > MAX_FILE_BYTES {
        let mebibytes = MAX_FILE_BYTES / (1024 * 1024);
        return Err(Bilingual::new(
            format!("{name}: {mebibytes} MiB を超えています。レセプトのファイルではありません"),
            format!("{name}: larger than {mebibytes} MiB, so it is no claim file"),
        ));
    }
    Ok(bytes)
}

/// What is found in the bytes, if they are a claim file at all.
fn examined(name: &str, bytes: &[u8], register: &Register) -> Result<Examination, Bilingual> {
    let examination = uke::examine(register, bytes);
    let reading = &examination.reading;
    let nothing = reading.receipts.is_empty() && reading.header_place.is_none();
    match reading.faults.first().filter(|_| nothing) {
        Some(fault) => {
            let why = fault.text();
            Err(Bilingual::new(
                format!(
                    "{name}: レセプトのファイル（UKE）ではありません。作成したシステムの出力を確かめてください。{}",
                    why.ja
                ),
                format!("{name}: no claim file (UKE); look at what wrote it. {}", why.en),
            ))
        }
        None => Ok(examination),
    }
}
