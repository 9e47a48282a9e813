//! J-LIS, 公的個人認証: says of a certificate whose it is, when it runs out, and whether it was
//! revoked or suspended (NBR-012). Hotline and municipalities act for it (`office.rs`).

mod office;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::calendar::Jst;
use crate::certificate::Carrier;
use crate::ids::CertificateSerial;
use crate::message::office::CardStanding;
use crate::message::procedure::RevocationReason;
use crate::message::registry::CertificateStatus;
use crate::message::{CardsAsked, CardsTold, CertificateAnswer, CertificateChanged, Message};
use crate::party::{Input, Outbox, Party, PartyId};
use crate::register::Register;
use office::Open;

/// The certifier. A request that finds it in maintenance never arrives; the asker's time-out
/// decides.
#[derive(Debug)]
pub struct Certifier {
    register: Arc<Register>,
    /// What serial numbers begin with.
    series: u8,
    issued: BTreeMap<CertificateSerial, Issued>,
    /// What is being done at a counter, by the token whose chip has to answer.
    open: BTreeMap<PartyId, Open>,
}

/// A certificate as the certifier knows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Issued {
    /// The person.
    pub owner: u16,
    /// The card or phone it is on.
    pub token: u16,
    /// What carries it.
    pub carrier: Carrier,
    /// Its last day.
    pub expires: Date,
    /// Last day of the card it is on, where that is known; it caps a renewal (CERT-002).
    pub card_expires: Option<Date>,
    /// What has become of it, apart from expiry.
    pub state: State,
    /// The certificate on the card behind that of a phone (CERT-042).
    pub behind: Option<CertificateSerial>,
}

/// What has become of a certificate, apart from expiry.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// Nothing.
    Active,
    /// 一時停止.
    Suspended,
    /// 失効.
    Revoked(RevocationReason),
}

/// The serial number (発行番号) of the certificate that a token gets after `before` others: four
/// bytes in hexadecimal, of which the first is the series.
pub fn serial_number(series: u8, before: u8, token: u16) -> CertificateSerial {
    CertificateSerial(format!("{series:02X}{before:02X}{token:04X}"))
}

impl Certifier {
    /// A certifier under `register` that has issued these; the serial numbers of new ones begin
    /// with `series`.
    pub fn new(
        register: Arc<Register>,
        series: u8,
        issued: BTreeMap<CertificateSerial, Issued>,
    ) -> Self {
        Self { register, series, issued, open: BTreeMap::new() }
    }

    fn status(&self, serial: &CertificateSerial) -> CertificateStatus {
        let Some(issued) = self.issued.get(serial) else { return CertificateStatus::Unknown };
        match issued.state {
            State::Suspended => CertificateStatus::Suspended,
            State::Revoked(reason) => CertificateStatus::Revoked(reason),
            State::Active => {
                // A phone ends with the card behind it (CERT-042).
                let behind = issued.behind.as_ref().and_then(|card| self.issued.get(card));
                if let Some(State::Revoked(reason)) = behind.map(|card| card.state) {
                    return CertificateStatus::Revoked(reason);
                }
                let expires = behind.map_or(issued.expires, |c| issued.expires.min(c.expires));
                CertificateStatus::Issued { owner: issued.owner, expires }
            }
        }
    }

    /// The cards of some people, for their insurer's list (CERT-051).
    fn cards(&self, asked: &CardsAsked) -> CardsTold {
        let counts = |issued: &&Issued| {
            issued.carrier == Carrier::Card
                && issued.state == State::Active
                && asked.owners.contains(&issued.owner)
        };
        let standing =
            |issued: &Issued| CardStanding { owner: issued.owner, expires: issued.expires };
        let cards = self.issued.values().filter(counts).map(standing).collect();
        CardsTold { request: asked.request, cards }
    }

    fn tell_centre(&self, serial: CertificateSerial, out: &mut Outbox) {
        let status = self.status(&serial);
        out.send(PartyId::Centre, CertificateChanged { serial, status });
    }
}

impl Party for Certifier {
    fn handle(&mut self, now: Jst, input: Input, out: &mut Outbox) {
        match input {
            Input::Message { from, message: Message::CertificateQuery(query) } => {
                let status = self.status(&query.serial);
                out.send(from, CertificateAnswer { request: query.request, status });
            }
            Input::Message { from, message: Message::CardsAsked(asked) } => {
                out.send(from, self.cards(&asked));
            }
            Input::Message { from, message: Message::ProcedureAsked(asked) } => {
                self.asked(now, from, asked, out);
            }
            Input::Message { from, message: Message::TokenReply(reply) } => {
                self.chip_answered(from, reply, out);
            }
            _ => {}
        }
    }
}
