//! What cannot be done at a visit: a stay where there are no beds, a prescription where none is
//! dispensed, points nobody can guess, a number no field takes.

use madoguchi_reference::diagnostic::{Diagnostic, Step as At, YamlText};
use madoguchi_reference::fee::Setting;
use madoguchi_reference::register::Bilingual;

use crate::facility::FacilityKind;
use crate::scenario::{Scenario, Step};
use crate::visit::Visit;

/// The most points one visit may have; a month's most expensive claims stay below.
const POINTS_MAX: i64 = 10_000_000;

/// Everything wrong with the visit of step `index`, if it is one.
pub(crate) fn check_visit(
    text: &YamlText<'_>,
    scenario: &Scenario,
    index: usize,
    step: &Step,
) -> Vec<Diagnostic> {
    let Some(visit) = &step.visit else { return Vec::new() };
    let kind = scenario.facility.kind;
    let wrong = [
        points_problem(visit, kind),
        setting_problem(visit, kind),
        admitted_problem(visit, step),
        prescriber_problem(visit, kind),
        mistyped_problem(visit),
        reader_problem(visit, scenario),
    ];
    let told = wrong.into_iter().flatten().map(|(key, problem)| {
        let path = [At::Key("timeline"), At::Index(index), At::Key("visit"), At::Key(key)];
        text.point(&path, problem)
    });
    told.collect()
}

type Problem = Option<(&'static str, Bilingual)>;

fn points_problem(visit: &Visit, kind: FacilityKind) -> Problem {
    let problem = match visit.points {
        Some(points) if (1..=POINTS_MAX).contains(&points) => return None,
        None if !visit.parts.is_empty() => return None,
        Some(_) => Bilingual::new(
            format!("点数は 1 から {POINTS_MAX} までです"),
            format!("points are 1 to {POINTS_MAX}"),
        ),
        // Only first and repeat visits to a physician have a usual number.
        None if visit.setting == Setting::Outpatient && kind.points_table() == '1' => return None,
        None => Bilingual::new(
            "歯科・薬局・入院では、点数（points）を書きます",
            "a visit to a dentist or a pharmacy, and a stay, must say its `points`",
        ),
    };
    Some(("points", problem))
}

fn setting_problem(visit: &Visit, kind: FacilityKind) -> Problem {
    (visit.setting == Setting::Inpatient && !kind.has_beds()).then(|| {
        let problem = Bilingual::new(
            "この種類の機関に入院はありません",
            "nobody stays at this kind of institution",
        );
        ("setting", problem)
    })
}

fn admitted_problem(visit: &Visit, step: &Step) -> Problem {
    let admitted = visit.admitted?;
    let problem = if visit.setting != Setting::Inpatient {
        Bilingual::new(
            "admitted は setting: inpatient のときだけ書きます",
            "`admitted` is said with `setting: inpatient` only",
        )
    } else if admitted > step.at.earliest().date() {
        Bilingual::new(
            "入院の日が、この会計の日より後です",
            "the stay begins after the day on which it is charged",
        )
    } else {
        return None;
    };
    Some(("admitted", problem))
}

/// Prescriptions come from physicians and dentists.
fn prescriber_problem(visit: &Visit, kind: FacilityKind) -> Problem {
    let code = visit.prescriber.as_ref()?.as_str();
    let digits = code.len() == 10 && code.bytes().all(|byte| byte.is_ascii_digit());
    let problem = if kind != FacilityKind::Pharmacy {
        Bilingual::new(
            "prescriber は kind: pharmacy のときだけ書きます",
            "`prescriber` is said at a `pharmacy` only",
        )
    } else if !digits || !matches!(code.as_bytes()[2], b'1' | b'3') {
        Bilingual::new(
            format!(
                "`{code}` は処方箋を交付した医療機関ではありません。都道府県2桁、点数表（1 又は 3）、番号7桁で書きます"
            ),
            format!(
                "`{code}` is no institution that prescribes: two digits of the prefecture, 1 or 3 for its table of points, then seven"
            ),
        )
    } else {
        return None;
    };
    Some(("prescriber", problem))
}

/// What is typed from a paper is as long as a number can be, whatever else is wrong with it.
fn mistyped_problem(visit: &Visit) -> Problem {
    let number = visit.mistyped.as_ref()?.as_str();
    let digits = number.bytes().all(|byte| byte.is_ascii_digit());
    if digits && matches!(number.len(), 6 | 8) {
        return None;
    }
    let problem = Bilingual::new(
        format!("`{number}` は入力できません。保険者番号の欄に入るのは数字6桁又は8桁です"),
        format!("`{number}` cannot be typed: the field takes 6 or 8 digits"),
    );
    Some(("mistyped", problem))
}

fn reader_problem(visit: &Visit, scenario: &Scenario) -> Problem {
    let readers = scenario.facility.readers.len();
    (usize::from(visit.reader) >= readers.max(1)).then(|| {
        let problem = Bilingual::new(
            "その番号のカードリーダーはこの機関にありません",
            "the institution has no such reader",
        );
        ("reader", problem)
    })
}
