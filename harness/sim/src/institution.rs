//! The institution of a scenario: who it is, and how its reader, its desk and its files are set up.

use madoguchi_reference::desk::{Institution, VisualSwitch};
use madoguchi_reference::ids::InstitutionCode;
use madoguchi_reference::message::centre::ConsentGroups;
use madoguchi_reference::reader::Setup;
use madoguchi_reference::register::{AppUser, Policy};
use madoguchi_reference::token::Credential;
use madoguchi_reference::wire::Style;
use madoguchi_scenario::{
    ChairSettings, ConsentGroup, Facility, FacilityKind, ReaderKind, VisualOn,
};

/// The passcode of a reader whose scenario names none.
const PASSCODE: &str = "0000";

/// Its code of ten digits.
pub(crate) fn code_of(facility: &Facility) -> InstitutionCode {
    InstitutionCode(format!("{:02}{}9990001", facility.prefecture, facility.kind.points_table()))
}

/// Who it is.
pub(crate) fn institution(facility: &Facility) -> Institution {
    let name = match facility.kind {
        FacilityKind::Clinic | FacilityKind::ExemptClinic => "見本クリニック",
        FacilityKind::Hospital => "見本病院",
        FacilityKind::Dental => "見本歯科医院",
        FacilityKind::Pharmacy => "見本薬局",
        FacilityKind::Therapist => "見本施術所",
        FacilityKind::CheckUpProvider => "見本健診センター",
        FacilityKind::MaternityHome => "見本助産所",
    };
    Institution {
        code: code_of(facility),
        name: name.to_owned(),
        prefecture: facility.prefecture,
        phone: "00-0000-0000".to_owned(),
        remote_device: facility.remote_device,
        insists_on_check_digits: facility.settings.insists_on_check_digits,
        months: facility.months.clone(),
        standing: facility.standing,
        hub_from: facility.pmh,
    }
}

/// How its systems write files.
pub(crate) fn style(facility: &Facility) -> Style {
    Style {
        charset: facility.settings.charset,
        insurer_padding: facility.settings.insurer_padding,
        order: facility.settings.element_order,
        registration: facility.settings.registration_form,
        ..Style::default()
    }
}

/// How one of its readers is set up.
pub(crate) fn reader_setup(facility: &Facility, kind: ReaderKind, offered: ConsentGroups) -> Setup {
    let settings = &facility.settings;
    Setup {
        takes_phones: kind == ReaderKind::FaceWithPhone,
        pilot: facility.pilot,
        offered,
        passcode: settings.passcode.clone().unwrap_or_else(|| PASSCODE.to_owned()),
        photo_access: settings.photo_access,
        app: (kind == ReaderKind::App).then(|| app_user(facility)),
    }
}

fn app_user(facility: &Facility) -> AppUser {
    match facility.excused {
        _ if !facility.kind.is_bound() => AppUser::Exempt,
        Some(excuse) => AppUser::Transitional(excuse.reason, excuse.ended),
        None => AppUser::Bound,
    }
}

/// What its readers show to a card after face or sight: the test hierarchy's. **SIM-ONLY.**
pub(crate) fn credential() -> Credential {
    Credential {
        certificate: pcsc_sim::pki::terminal_certificate().to_vec(),
        prove: pcsc_sim::pki::terminal_proof,
    }
}

/// How its staff switch a reader to visual mode.
pub(crate) fn visual_switch(facility: &Facility) -> VisualSwitch {
    let settings = &facility.settings;
    if facility.readers.first() == Some(&ReaderKind::App) {
        return VisualSwitch::InHand;
    }
    match settings.visual_switch {
        VisualOn::Pc => VisualSwitch::Pc,
        VisualOn::Reader => {
            let typed = settings.typed_passcode.as_ref().or(settings.passcode.as_ref());
            let passcode = typed.cloned().unwrap_or_else(|| PASSCODE.to_owned());
            VisualSwitch::Reader { passcode }
        }
    }
}

/// The groups for which the institution asks consent.
pub(crate) fn offered(settings: &ChairSettings, policy: &Policy<'_>) -> ConsentGroups {
    let Some(groups) = &settings.consent_groups else { return ConsentGroups::ALL };
    if groups.0.contains(&ConsentGroup::Initial) {
        return policy.initial_consent_groups();
    }
    let on = |group| groups.0.contains(&group);
    ConsentGroups {
        surgery: on(ConsentGroup::Surgery),
        treatment: on(ConsentGroup::Treatment),
        drugs: on(ConsentGroup::Drugs),
        check_up: on(ConsentGroup::CheckUp),
        specific_disease: on(ConsentGroup::SpecificDisease),
    }
}
