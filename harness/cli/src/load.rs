//! Reading files: the register, scenarios by path or id, plans.

use std::fs;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use madoguchi_reference::diagnostic::{Diagnostic, YamlText, nearest};
use madoguchi_reference::lang::Bilingual;
use madoguchi_reference::register::{self, PUBLISHED, Register};
use madoguchi_scenario::Scenario;

use crate::args::RegisterArgs;
use crate::exit::Failure;
use crate::out;

/// The largest scenario, plan or register file that is read.
const FILE_BYTES_MAX: u64 = 4 * 1024 * 1024;

/// The register that was chosen.
pub(crate) fn register(args: &RegisterArgs) -> Result<Arc<Register>, Failure> {
    chosen(register_in(args.folder.as_deref())?, args)
}

/// The register with the settings chosen and as known on the day chosen.
pub(crate) fn chosen(
    mut register: Arc<Register>,
    args: &RegisterArgs,
) -> Result<Arc<Register>, Failure> {
    if !args.settings.is_empty() {
        let chosen = register.with(&args.settings.iter().cloned().collect());
        register = Arc::new(chosen.map_err(|error| {
            let problem = error.problem.after(&format!("--set {}: ", error.name));
            Failure::Author(with_nearest(problem, error.nearest.as_deref()))
        })?);
    }
    Ok(args.known_on.map_or_else(|| Arc::clone(&register), |day| Arc::new(register.known_on(day))))
}

/// The published register, read once: every scenario that does not fit an edited one asks for it.
fn published() -> Result<Arc<Register>, Vec<Diagnostic>> {
    static PUBLISHED_ONCE: LazyLock<Result<Arc<Register>, Vec<Diagnostic>>> =
        LazyLock::new(|| register::load(PUBLISHED).map(Arc::new));
    PUBLISHED_ONCE.clone()
}

/// The published register, or the one in `folder`.
pub(crate) fn register_in(folder: Option<&Path>) -> Result<Arc<Register>, Failure> {
    let published = published().map_err(|wrong| Failure::settings(&wrong))?;
    let Some(folder) = folder else { return Ok(published) };
    let files = yaml_files(folder).map_err(Failure::Settings)?;
    if files.is_empty() {
        let problem = Bilingual::new(
            "*.yaml のファイルがないので、規則台帳ではありません",
            "this holds no *.yaml, so it is no register",
        );
        return Err(Failure::Settings(named(folder, problem)));
    }
    let mut texts = Vec::new();
    for file in files {
        texts.push((
            file.display().to_string(),
            text(&file).map_err(|p| Failure::Settings(named(&file, p)))?,
        ));
    }
    let chapters: Vec<YamlText<'_>> =
        texts.iter().map(|(file, text)| YamlText::new(file, text)).collect();
    let register = register::load(&chapters).map_err(|wrong| Failure::settings(&wrong))?;
    let missing = published.rules().filter(|r| register.rule(r.id.as_str()).is_none()).count();
    if missing > 0 {
        out::error(&format!(
            "{}: {missing} published rules are missing here / 公表された規則のうち {missing} \
             件がありません",
            folder.display()
        ));
    }
    Ok(Arc::new(register))
}

/// Every scenario that `what` names: files, folders, ids, chapters; all of `base` if it names
/// nothing. In order of their ids.
pub(crate) fn scenarios(
    what: &[String],
    base: &Path,
    register: &Arc<Register>,
) -> Result<Vec<Scenario>, Failure> {
    scenarios_of_any(what, base, std::slice::from_ref(register))
}

/// The same, for scenarios that may have been written for any of several registers.
pub(crate) fn scenarios_of_any(
    what: &[String],
    base: &Path,
    registers: &[Arc<Register>],
) -> Result<Vec<Scenario>, Failure> {
    let mut files = Vec::new();
    if what.is_empty() {
        files = yaml_files(base).map_err(|problem| Failure::Author(no_scenarios(&problem)))?;
    }
    for name in what {
        files.extend(found(name, base)?);
    }
    files.sort();
    files.dedup();
    let mut wrong: Vec<Diagnostic> = Vec::new();
    let mut loaded = Vec::new();
    for file in files {
        match read_for_any(&file, registers) {
            Ok(scenario) => loaded.push(scenario),
            Err(diagnostics) => wrong.extend(diagnostics),
        }
    }
    if !wrong.is_empty() {
        return Err(Failure::author(&wrong));
    }
    loaded.sort_by(|a, b| a.id.cmp(&b.id));
    if let Some(pair) = loaded.windows(2).find(|p| p[0].id == p[1].id) {
        let id = &pair[0].id;
        return Err(Failure::Author(Bilingual::new(
            format!("{id} という id のファイルが二つあります"),
            format!("two files are called {id}"),
        )));
    }
    if loaded.is_empty() {
        return Err(Failure::Author(nothing_chosen()));
    }
    Ok(loaded)
}

/// That there is no folder of scenarios, and what to do.
fn no_scenarios(problem: &Bilingual) -> Bilingual {
    Bilingual::new(
        format!(
            "{}\nここにシナリオはありません。Madoguchi のチェックアウトの中で実行するか、\
             --scenarios DIR で場所を指定してください。",
            problem.ja
        ),
        format!(
            "{}\nThere are no scenarios here. Run this in a checkout of Madoguchi, or say where \
             they are with --scenarios DIR.",
            problem.en
        ),
    )
}

/// Whether this very scenario is found in `base` by its id.
pub(crate) fn is_known(scenario: &Scenario, base: &Path, register: &Register) -> bool {
    let file = base.join(format!("{}.yaml", scenario.id));
    file.is_file() && read(&file, register).is_ok_and(|known| known == *scenario)
}

/// Reads a scenario that is well formed under one of `registers`, or under the published one:
/// under an edited register a rule may no longer be in force where the scenario cites it. That
/// is no mistake of its author; the expectation is then not applicable.
fn read_for_any(file: &Path, registers: &[Arc<Register>]) -> Result<Scenario, Vec<Diagnostic>> {
    let mut wrong = Vec::new();
    for register in registers {
        match read(file, register) {
            Ok(scenario) => return Ok(scenario),
            Err(diagnostics) if wrong.is_empty() => wrong = diagnostics,
            Err(_) => {}
        }
    }
    let published = published()?;
    let edited = registers.iter().any(|r| r.whole().digest() != published.digest());
    let again = if edited { read(file, &published) } else { Err(Vec::new()) };
    again.map_err(|_| wrong)
}

/// Reads and checks one scenario file.
pub(crate) fn read(file: &Path, register: &Register) -> Result<Scenario, Vec<Diagnostic>> {
    let name = file.display().to_string();
    let content = text(file).map_err(|problem| {
        let nowhere = YamlText::new(&name, "");
        vec![nowhere.point(&[], problem)]
    })?;
    let text = YamlText::new(&name, &content);
    let scenario = Scenario::read(&text, register)?;
    // The id is the path, so that a result leads to its file. A file given from elsewhere may
    // be called as its author likes, but for its last part.
    let last = scenario.id.split('/').next_back().unwrap_or_default();
    if file.file_stem().and_then(|s| s.to_str()) != Some(last) {
        let step = madoguchi_reference::diagnostic::Step::Key("scenario");
        let problem = Bilingual::new(
            format!("ファイルの名前が、id の示す {last}.yaml ではありません"),
            format!("the file is not called {last}.yaml, as its id says"),
        );
        return Err(vec![text.point(&[step], problem)]);
    }
    Ok(scenario)
}

fn found(name: &str, base: &Path) -> Result<Vec<PathBuf>, Failure> {
    let path = Path::new(name);
    if path.is_dir() {
        return yaml_files(path).map_err(Failure::Author);
    }
    if path.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    let id = base.join(format!("{name}.yaml"));
    if id.is_file() {
        return Ok(vec![id]);
    }
    let chapter = base.join(name);
    if chapter.is_dir() {
        return yaml_files(&chapter).map_err(Failure::Author);
    }
    let mut known: Vec<String> =
        yaml_files(base).map(|files| ids(&files, base)).unwrap_or_default();
    let chapters: Vec<String> =
        known.iter().filter_map(|id| Some(id.split_once('/')?.0.to_owned())).collect();
    known.extend(chapters);
    if !base.is_dir() {
        return Err(Failure::Author(no_scenarios(&Bilingual::same(format!("{}", base.display())))));
    }
    let base = base.display();
    let problem = Bilingual::new(
        format!("`{name}` はファイルでもフォルダでも、{base} にあるシナリオや章でもありません"),
        format!("`{name}` is no file, no folder, and no scenario or chapter in {base}"),
    );
    Err(Failure::Author(with_nearest(problem, nearest(name, &known).as_deref())))
}

/// A problem with the word that was perhaps meant.
pub(crate) fn with_nearest(problem: Bilingual, near: Option<&str>) -> Bilingual {
    match near {
        None => problem,
        Some(near) => Bilingual::new(
            format!("{}\n`{near}` のことですか？", problem.ja),
            format!("{}\ndid you mean `{near}`?", problem.en),
        ),
    }
}

/// That nothing was chosen to be run.
pub(crate) fn nothing_chosen() -> Bilingual {
    Bilingual::new("シナリオが選ばれていません", "no scenario was chosen")
}

/// A problem with the file it is about.
pub(crate) fn named(file: &Path, problem: Bilingual) -> Bilingual {
    problem.after(&format!("{}: ", file.display()))
}

/// What the system says of a file. What is rare keeps the system's own words.
pub(crate) fn io_problem(error: &io::Error) -> Bilingual {
    let ja = match error.kind() {
        ErrorKind::NotFound => "ファイルもフォルダもありません",
        ErrorKind::PermissionDenied => "読み書きが許されていません",
        ErrorKind::NotADirectory => "フォルダではありません",
        ErrorKind::IsADirectory => "ファイルではなくフォルダです",
        ErrorKind::AlreadyExists => "同じ名前のものが既にあります",
        ErrorKind::InvalidData => {
            return Bilingual::new(
                "UTF-8 の文字列ではありません。UTF-8 で保存し直してください",
                "this is not UTF-8 text: save it as UTF-8",
            );
        }
        ErrorKind::StorageFull => "ディスクに空きがありません",
        ErrorKind::ReadOnlyFilesystem => "書き込めない場所です",
        _ => return Bilingual::same(error.to_string()),
    };
    Bilingual::new(ja, error.to_string())
}

fn ids(files: &[PathBuf], base: &Path) -> Vec<String> {
    let id = |file: &PathBuf| {
        let relative = file.strip_prefix(base).ok()?.with_extension("");
        Some(relative.to_str()?.replace(std::path::MAIN_SEPARATOR, "/"))
    };
    files.iter().filter_map(id).collect()
}

/// All `*.yaml` below `folder`, in order.
pub(crate) fn yaml_files(folder: &Path) -> Result<Vec<PathBuf>, Bilingual> {
    files(folder, &["yaml", "yml"])
}

/// All source files of code below `folder` with their texts, in order.
pub(crate) fn sources(folder: &Path) -> Result<Vec<(String, String)>, Failure> {
    let files = files(folder, &["rs"]).map_err(Failure::Author)?;
    let read = |file: PathBuf| {
        let text = text(&file).map_err(|problem| Failure::Author(named(&file, problem)))?;
        Ok((file.display().to_string(), text))
    };
    files.into_iter().map(read).collect()
}

fn files(folder: &Path, extensions: &[&str]) -> Result<Vec<PathBuf>, Bilingual> {
    let wrong = |error: io::Error| named(folder, io_problem(&error));
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(wrong)? {
        let path = entry.map_err(wrong)?.path();
        if path.is_dir() {
            // The plans in a report folder are no scenarios.
            if !path.join(crate::run::RESULTS).is_file() {
                found.extend(files(&path, extensions)?);
            }
        } else if path.extension().is_some_and(|e| extensions.iter().any(|x| e == *x)) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// The text of a file of bounded size, or what is wrong with it, without its name.
pub(crate) fn text(file: &Path) -> Result<String, Bilingual> {
    let open = fs::File::open(file).map_err(|error| io_problem(&error))?;
    let mut text = String::new();
    let mut bounded = open.take(FILE_BYTES_MAX + 1);
    bounded.read_to_string(&mut text).map_err(|error| io_problem(&error))?;
    if text.len() as u64 > FILE_BYTES_MAX {
        return Err(Bilingual::new("4 MiB を超えています", "this is larger than 4 MiB"));
    }
    // Some editors put a byte order mark in front.
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}
