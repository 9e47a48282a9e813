//! `madoguchi card`: virtual cards and phones by name, and a conversation with one.

use std::fmt::Write;
use std::path::Path;

use madoguchi_reference::diagnostic::nearest;
use madoguchi_reference::lang::{Bilingual, Lang};
use madoguchi_report::json;
use pcsc_sim::chip::Chip;
use pcsc_sim::pin::Pin;
use pcsc_sim::profile::Text;
use pcsc_sim::transcript::{Transcript, hex};
use pcsc_sim::{Profile, SmartCard, pki};
use serde::Serialize;

use crate::args::{CardArgs, CardCommand, Format, ServeArgs};
use crate::exit::{CONFORMANT, Failure};
use crate::out;
use crate::serve::{self, Slot};

pub(crate) fn card(args: &CardArgs, lang: Lang) -> Result<u8, Failure> {
    match &args.command {
        CardCommand::List { format } => list(*format, lang),
        CardCommand::Send { profile, confirm, commands, format } => {
            send(held(profile, *confirm)?, commands, *format)
        }
        CardCommand::Authorities { out } => authorities(out, lang),
        CardCommand::Serve(args) => serve::serve(slots(args)?, args, lang),
    }
}

fn slots(args: &ServeArgs) -> Result<Vec<Slot>, Failure> {
    let slot = |(at, profile): (usize, &String)| {
        let label = match args.profiles.len() {
            1 => profile.clone(),
            _ => format!("{} {profile}", at + 1),
        };
        Ok(Slot { label, card: Box::new(held(profile, args.confirm)?) })
    };
    args.profiles.iter().enumerate().map(slot).collect()
}

/// A card in the hand of its holder.
#[derive(Debug)]
struct Held {
    chip: Chip,
    /// Whether the holder confirms each time the card gets power.
    confirm: bool,
}

impl SmartCard for Held {
    fn atr(&self) -> &[u8] {
        self.chip.atr()
    }
    fn power_on(&mut self) {
        self.chip.power_on();
        if self.confirm {
            self.chip.confirm_holder();
        }
    }
    fn power_off(&mut self) {
        self.chip.power_off();
    }
    fn reset(&mut self) {
        self.chip.reset();
    }
    fn apdu(&mut self, command: &[u8]) -> Vec<u8> {
        self.chip.apdu(command)
    }
}

fn held(name: &str, confirm: bool) -> Result<Held, Failure> {
    let profile = Profile::named(name).ok_or_else(|| no_profile(name))?;
    Ok(Held { chip: Chip::of(profile), confirm })
}

fn no_profile(name: &str) -> Failure {
    let names: Vec<String> = Profile::all().map(|profile| profile.name().to_owned()).collect();
    let (all, near) = (names.join(", "), nearest(name, &names));
    let (ja, en) = match near {
        Some(near) => (format!("`{near}` のことですか？"), format!("did you mean `{near}`? ")),
        None => Default::default(),
    };
    Failure::Author(Bilingual::new(
        format!("`{name}` というカードはありません。{ja}あるのは {all} です"),
        format!("there is no card `{name}`; {en}there are {all}"),
    ))
}

/// A kind of card, for programs.
#[derive(Serialize)]
struct Listed<'a> {
    name: &'a str,
    title: Bilingual,
    #[serde(skip_serializing_if = "Option::is_none")]
    limits: Option<Bilingual>,
    /// What is entered at a reader, all TEST, by what it is called.
    entries: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    of: Bilingual,
    entry: &'a str,
    /// How many wrong entries in a row are left; 0 is blocked.
    tries: u8,
}

#[derive(Serialize)]
struct List<'a> {
    schema: &'static str,
    test: bool,
    cards: Vec<Listed<'a>>,
}

fn list(format: Format, lang: Lang) -> Result<u8, Failure> {
    let cards: Vec<Listed> = Profile::all().map(listed).collect();
    out::print(&match format {
        Format::Text => cards.iter().map(|card| told(card, lang)).collect::<String>(),
        Format::Json => json(&List { schema: "madoguchi-card-list/1", test: true, cards })
            .map_err(|e| Failure::Harness(e.to_string()))?,
    });
    Ok(CONFORMANT)
}

fn listed(profile: &'static Profile) -> Listed<'static> {
    let text = |text: &Text| Bilingual::new(text.ja.clone(), text.en.clone());
    let secrets = profile.secrets();
    let entries = [
        ("利用者証明用の暗証番号", "user-authentication PIN", &secrets.pin),
        ("署名用のパスワード", "signature password", &secrets.signature_password),
        ("券面・住基の暗証番号", "PIN of text and resident register", &secrets.card_pin),
    ];
    let entry = |(ja, en, pin): (&'static str, &'static str, &'static Option<Pin>)| {
        let pin = pin.as_ref()?;
        Some(Entry { of: Bilingual::new(ja, en), entry: pin.entry(), tries: pin.left() })
    };
    Listed {
        name: profile.name(),
        title: text(profile.title()),
        limits: profile.limits().map(text),
        entries: entries.into_iter().filter_map(entry).collect(),
    }
}

fn told(card: &Listed, lang: Lang) -> String {
    let mut text = format!("{} — {} (TEST)\n", card.name, card.title.pick(lang));
    if let Some(limits) = &card.limits {
        let _ = writeln!(text, "  {}", limits.pick(lang));
    }
    for Entry { of, entry, tries } in &card.entries {
        let left = match tries {
            0 => lang.pick("ロック済み", "blocked").to_owned(),
            tries => format!("{} {tries}", lang.pick("残り回数", "tries left")),
        };
        let _ = writeln!(text, "  {}: {entry} ({left})", of.pick(lang));
    }
    text
}

/// Writes what a terminal has to trust to believe these cards.
fn authorities(folder: &Path, lang: Lang) -> Result<u8, Failure> {
    let files = [
        ("TEST-user-authentication.cer", pki::authentication_ca()),
        ("TEST-digital-signature.cer", pki::signature_ca()),
    ];
    let unusable = |error: std::io::Error| {
        let folder = folder.display();
        Failure::Settings(Bilingual::new(
            format!("{folder} に書けません: {error}。別の --out を選んでください"),
            format!("cannot write to {folder}: {error}; choose another --out"),
        ))
    };
    std::fs::create_dir_all(folder).map_err(unusable)?;
    for (name, certificate) in files {
        let path = folder.join(name);
        std::fs::write(&path, certificate).map_err(unusable)?;
        let said =
            lang.pick("試験用の認証局 (信用しないこと)", "TEST authority, never to be trusted");
        out::print(&format!("{}: {said}\n", path.display()));
    }
    Ok(CONFORMANT)
}

/// One exchange, for programs.
#[derive(Serialize)]
struct Exchange {
    name: String,
    command: String,
    data: String,
    status: String,
}

#[derive(Serialize)]
struct Sent {
    schema: &'static str,
    exchanges: Vec<Exchange>,
}

fn send(mut card: Held, commands: &[String], format: Format) -> Result<u8, Failure> {
    let commands = commands.iter().map(|text| bytes(text)).collect::<Result<Vec<_>, Failure>>()?;
    card.power_on();
    let mut transcript = Transcript::default();
    let (mut text, mut exchanges) = (String::new(), Vec::new());
    for command in commands {
        let answer = card.apdu(&command);
        let name = transcript.name(&command);
        let _ = writeln!(text, "{}", transcript.line(&command, &answer));
        let (data, status) = answer.split_at(answer.len().saturating_sub(2));
        let (command, data, status) = (hex(&command), hex(data), hex(status));
        exchanges.push(Exchange { name, command, data, status });
    }
    out::print(&match format {
        Format::Text => text,
        Format::Json => json(&Sent { schema: "madoguchi-card-send/1", exchanges })
            .map_err(|e| Failure::Harness(e.to_string()))?,
    });
    Ok(CONFORMANT)
}

/// Bytes from hexadecimal digits, between which there may be spaces.
fn bytes(text: &str) -> Result<Vec<u8>, Failure> {
    let wrong = |ja: String, en: String| {
        Failure::Author(Bilingual::new(
            format!("コマンド `{text}`: {ja}"),
            format!("command `{text}`: {en}"),
        ))
    };
    let digits: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    if let Some(other) = digits.iter().find(|c| !c.is_ascii_hexdigit()) {
        return Err(wrong(
            format!("`{other}` は 16 進数の数字 (0-9, A-F) ではありません"),
            format!("`{other}` is no hexadecimal digit (0-9, A-F)"),
        ));
    }
    let value = |digit: &char| digit.to_digit(16).and_then(|value| u8::try_from(value).ok());
    let byte = |pair: &[char]| match pair {
        [high, low] => Some(value(high)? << 4 | value(low)?),
        _ => None,
    };
    digits.chunks(2).map(byte).collect::<Option<Vec<u8>>>().ok_or_else(|| {
        wrong(
            "16 進数の数字が奇数個です。1 バイトは 2 桁です".to_owned(),
            "an odd number of digits; a byte has two".to_owned(),
        )
    })
}
