//! `madoguchi check`: are these scenarios well formed?

use std::path::Path;

use madoguchi_reference::diagnostic::Diagnostic;
use madoguchi_reference::lang::Bilingual;
use madoguchi_report::Lang;
use serde::Serialize;

use crate::args::{CheckArgs, Format};
use crate::exit::{CONFORMANT, Failure, USAGE};
use crate::{load, out};

#[derive(Serialize)]
struct Checked {
    schema: &'static str,
    files: usize,
    wrong: Vec<Diagnostic>,
}

pub(crate) fn check(args: &CheckArgs, lang: Lang) -> Result<u8, Failure> {
    let register = load::register(&args.sources.register)?;
    let mut files = Vec::new();
    for name in &args.paths {
        let path = Path::new(name);
        if path.is_dir() {
            files.extend(load::yaml_files(path).map_err(Failure::Author)?);
        } else {
            files.push(path.to_owned());
        }
    }
    if files.is_empty() {
        return Err(Failure::Author(Bilingual::new(
            "指定された場所に *.yaml のファイルがありません",
            "there is no *.yaml in what was named",
        )));
    }
    let read = files.iter().map(|file| load::read(file, &register));
    let wrong: Vec<Diagnostic> = read.filter_map(Result::err).flatten().collect();
    let code = if wrong.is_empty() { CONFORMANT } else { USAGE };
    match args.format {
        Format::Json => {
            let checked = Checked { schema: "madoguchi-check/1", files: files.len(), wrong };
            let text = serde_json::to_string_pretty(&checked);
            out::print(&(text.map_err(|e| Failure::Harness(e.to_string()))? + "\n"));
        }
        Format::Text => {
            for diagnostic in &wrong {
                out::print(&format!("{}\n\n", diagnostic.render(lang)));
            }
            let (files, wrong) = (files.len(), wrong.len());
            out::print(&match lang {
                Lang::Ja => format!("{files} ファイル、誤り {wrong} 件\n"),
                Lang::En => format!("{files} files, {wrong} mistakes\n"),
            });
        }
    }
    Ok(code)
}
