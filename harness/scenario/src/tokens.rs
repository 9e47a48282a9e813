//! Whether cards, phones and what is done about them make sense together.

use madoguchi_reference::diagnostic::{Diagnostic, Step as At, YamlText};
use madoguchi_reference::register::Bilingual;

use crate::people::{Card, Certificate, Person};
use crate::procedure::{Holder, Procedure, ProcedureKind};
use crate::scenario::Scenario;

/// Everything wrong with the card and the phones of one person.
pub(crate) fn check_tokens(text: &YamlText<'_>, name: &str, person: &Person) -> Vec<Diagnostic> {
    let mut wrong = check_pins(text, name, person);
    for (holder, certificate) in person.certificates() {
        let path = [At::Key("people"), At::Key(name), At::Key(holder), At::Key("certificate")];
        let problem = certificate_problem(certificate);
        wrong.extend(problem.map(|problem| text.point(&path, problem)));
    }
    if let Some(card) = &person.card {
        wrong.extend(check_card(text, name, card));
    }
    wrong
}

fn certificate_problem(certificate: &Certificate) -> Option<Bilingual> {
    (certificate.expires.is_some() == certificate.issued.is_some()).then(|| {
        Bilingual::new(
            "電子証明書には expires（有効期限）か issued（発行の日）のどちらか一つを書きます",
            "a certificate has either `expires`, its last day, or `issued`, the day of issue",
        )
    })
}

fn check_card(text: &YamlText<'_>, name: &str, card: &Card) -> Option<Diagnostic> {
    let path = |key| [At::Key("people"), At::Key(name), At::Key("card"), At::Key(key)];
    if !is_signature_password(&card.signature_password) {
        let problem = Bilingual::new(
            "署名用パスワードは英大文字と数字の6文字から16文字です",
            "a signature password is 6 to 16 capital letters and digits",
        );
        return Some(text.point(&path("signature_password"), problem));
    }
    // A card issued later than its certificate, or before it was applied for.
    let certificate = card.certificate.issued;
    if card.issued.is_some_and(|issued| certificate.is_some_and(|first| first < issued)) {
        let problem = Bilingual::new(
            "カードが電子証明書より後に発行されています",
            "the card is issued after its certificate",
        );
        return Some(text.point(&path("issued"), problem));
    }
    let applied = card.applied?;
    card.issued.is_none_or(|issued| issued < applied).then(|| {
        let problem = Bilingual::new(
            "applied（申請の日）は、それ以後の issued（発行の日）とともに書きます",
            "`applied` needs `issued` beside it, on the same day or later",
        );
        text.point(&path("applied"), problem)
    })
}

fn check_pins(text: &YamlText<'_>, name: &str, person: &Person) -> Vec<Diagnostic> {
    let card = person.card.iter().map(|card| ("card", &card.pin));
    let phone = person.phone.iter().map(|phone| ("phone", &phone.pin));
    let new_phone = person.new_phone.iter().map(|phone| ("new_phone", &phone.pin));
    let odd = card.chain(phone).chain(new_phone).filter(|(_, pin)| !is_pin(pin));
    odd.map(|(holder, _)| {
        let path = [At::Key("people"), At::Key(name), At::Key(holder), At::Key("pin")];
        text.point(&path, no_pin())
    })
    .collect()
}

/// The passcodes by which a reader is switched to the visual check.
pub(crate) fn check_passcodes(text: &YamlText<'_>, scenario: &Scenario) -> Vec<Diagnostic> {
    let settings = &scenario.facility.settings;
    let both = [("passcode", &settings.passcode), ("typed_passcode", &settings.typed_passcode)];
    let odd = both.into_iter().filter(|(_, code)| code.as_ref().is_some_and(|c| !is_pin(c)));
    odd.map(|(key, _)| {
        let problem = Bilingual::new(
            "施設の番号は数字4桁で、引用符で囲みます",
            "a passcode is four digits, in quotes",
        );
        text.point(&[At::Key("facility"), At::Key("settings"), At::Key(key)], problem)
    })
    .collect()
}

fn no_pin() -> Bilingual {
    Bilingual::new("暗証番号は数字4桁で、引用符で囲みます", "a PIN is four digits, in quotes")
}

fn is_pin(text: &str) -> bool {
    text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_signature_password(text: &str) -> bool {
    let good = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit();
    (6..=16).contains(&text.len()) && text.bytes().all(good)
}

/// What is wrong with something done about card or phone.
pub(crate) fn check_procedure(
    text: &YamlText<'_>,
    scenario: &Scenario,
    index: usize,
    procedure: &Procedure,
) -> Option<Diagnostic> {
    // Nobody of that name is said elsewhere.
    let person = scenario.people.get(&procedure.who)?;
    let at = |key| [At::Key("timeline"), At::Index(index), At::Key("procedure"), At::Key(key)];
    let holder = procedure.holder();
    let loads = procedure.what == ProcedureKind::Load;
    let there = match holder {
        Holder::Card => person.card.is_some(),
        Holder::Phone => person.phone.is_some(),
        Holder::NewPhone => person.new_phone.is_some(),
    };
    let card_only = matches!(procedure.what, ProcedureKind::Renew | ProcedureKind::ResetPin);
    let (key, problem) = if !there || (loads && person.card.is_none()) {
        let who = &procedure.who;
        let problem = Bilingual::new(
            format!("{who} には、この手続に要るカードまたはスマートフォンがありません"),
            format!("{who} has not the card or phone that this needs"),
        );
        ("who", problem)
    } else if (loads && holder == Holder::Card) || (card_only && holder != Holder::Card) {
        let problem = Bilingual::new(
            "load はスマートフォンに、renew と reset-pin はカードについて行います",
            "`load` is done to a phone, `renew` and `reset-pin` to a card",
        );
        ("of", problem)
    } else if procedure.pin.as_ref().is_some_and(|pin| !is_pin(pin)) {
        ("pin", no_pin())
    } else {
        return misplaced(procedure).map(|(key, problem)| text.point(&at(key), problem));
    };
    Some(text.point(&at(key), problem))
}

/// A field that another kind of procedure has.
fn misplaced(procedure: &Procedure) -> Option<(&'static str, Bilingual)> {
    let fields = [
        ("reason", procedure.reason.is_some(), ProcedureKind::Revoke, "revoke"),
        ("pin", procedure.pin.is_some(), ProcedureKind::ResetPin, "reset-pin"),
        ("password", procedure.password.is_some(), ProcedureKind::Load, "load"),
    ];
    let (key, _, _, word) =
        fields.into_iter().find(|(_, given, kind, _)| *given && procedure.what != *kind)?;
    let problem = Bilingual::new(
        format!("`{key}` は {word} のときだけ書きます"),
        format!("`{key}` is said with `{word}` only"),
    );
    Some((key, problem))
}
