//! What hotline, municipality and the phone's own application do for the certifier: suspend,
//! resume, revoke, renew, set a new PIN, load a phone (CERT-005, 018, 022, 040…042).

use jiff::civil::Date;

use super::{Certifier, Issued, State, serial_number};
use crate::calendar::Jst;
use crate::certificate::{Carrier, certificate_last_day, standing};
use crate::ids::CertificateSerial;
use crate::message::procedure::{
    Procedure, ProcedureAsked, ProcedureRefusal, ProcedureResult, RevocationReason,
};
use crate::message::{TokenCommand, TokenReply};
use crate::party::{Outbox, PartyId};
use crate::token::{Heard, Line, Outcome, Wish};

/// Something that waits for a chip.
#[derive(Debug)]
pub(super) struct Open {
    patient: PartyId,
    what: Waiting,
}

#[derive(Debug)]
enum Waiting {
    /// A card is to take a new certificate.
    Renewal { old: CertificateSerial, new: CertificateSerial, issued: Issued },
    /// A card is to take a new PIN.
    NewPin { serial: CertificateSerial, carrier: Carrier },
    /// A card is to check the signature password, before this phone is loaded.
    Signature { line: Box<Line>, card: CertificateSerial, phone: u16, carrier: Carrier },
    /// A phone is to take its certificate.
    Phone { new: CertificateSerial, issued: Issued },
}

impl Certifier {
    pub(super) fn asked(
        &mut self,
        now: Jst,
        patient: PartyId,
        asked: ProcedureAsked,
        out: &mut Outbox,
    ) {
        let ProcedureAsked { token, born, what } = asked;
        let refusal = match what {
            Procedure::Suspend => self.change(patient, token, State::Suspended, out),
            Procedure::Resume => self.change(patient, token, State::Active, out),
            Procedure::Revoke(reason) => self.change(patient, token, State::Revoked(reason), out),
            Procedure::Renew => self.renew(now, patient, token, born, out),
            Procedure::ResetPin(pin) => self.reset_pin(patient, token, pin, out),
            Procedure::LoadPhone { card, password, carrier } => {
                self.load_phone(now, patient, token, carrier, (card, password), out)
            }
        };
        if let Err(refusal) = refusal {
            out.send(patient, ProcedureResult::Refused(refusal));
        }
    }

    /// The certificate that was put on a token last.
    fn on(&self, token: u16) -> Result<(CertificateSerial, Issued), ProcedureRefusal> {
        let on_it = self.issued.iter().filter(|(_, issued)| issued.token == token);
        // Numbers are given out in order.
        let last = on_it.max_by_key(|(serial, _)| *serial);
        let found = last.map(|(serial, issued)| (serial.clone(), issued.clone()));
        found.ok_or(ProcedureRefusal::WrongState)
    }

    fn next_serial(&self, token: u16) -> CertificateSerial {
        let before = self.issued.values().filter(|issued| issued.token == token).count();
        serial_number(self.series, u8::try_from(before).unwrap_or(u8::MAX), token)
    }

    fn change(
        &mut self,
        patient: PartyId,
        token: u16,
        to: State,
        out: &mut Outbox,
    ) -> Result<(), ProcedureRefusal> {
        let (serial, issued) = self.on(token)?;
        let fits = match to {
            State::Suspended => issued.state == State::Active,
            State::Active => issued.state == State::Suspended,
            State::Revoked(_) => !matches!(issued.state, State::Revoked(_)),
        };
        if !fits {
            return Err(ProcedureRefusal::WrongState);
        }
        self.put(&serial, to, out);
        out.send(patient, ProcedureResult::Done { serial, carrier: issued.carrier });
        Ok(())
    }

    /// Changes the state of a certificate. What is revoked takes the phone with it (CERT-042).
    fn put(&mut self, serial: &CertificateSerial, to: State, out: &mut Outbox) {
        if let Some(issued) = self.issued.get_mut(serial) {
            issued.state = to;
        }
        self.tell_centre(serial.clone(), out);
        if !matches!(to, State::Revoked(_)) {
            return;
        }
        let loaded = |issued: &Issued| {
            issued.behind.as_ref() == Some(serial) && !matches!(issued.state, State::Revoked(_))
        };
        let phones: Vec<_> =
            self.issued.iter().filter(|(_, i)| loaded(i)).map(|(phone, _)| phone.clone()).collect();
        for phone in phones {
            self.put(&phone, to, out);
        }
    }

    fn renew(
        &mut self,
        now: Jst,
        patient: PartyId,
        token: u16,
        born: Date,
        out: &mut Outbox,
    ) -> Result<(), ProcedureRefusal> {
        let (old, issued) = self.on(token)?;
        let today = now.date();
        let policy = self.register.on(today);
        match issued.state {
            State::Active if !policy.renewable(issued.expires) => {
                return Err(ProcedureRefusal::TooEarly);
            }
            // A card that was lost has to be found first, and one that was returned is gone.
            State::Suspended | State::Revoked(RevocationReason::Ceased) => {
                return Err(ProcedureRefusal::WrongState);
            }
            State::Active | State::Revoked(_) => {}
        }
        let expires = certificate_last_day(today, born, issued.card_expires, &policy);
        let new = self.next_serial(token);
        let issued = Issued { expires, state: State::Active, ..issued };
        let command = TokenCommand::Install { serial: new.clone(), expires };
        self.say(patient, token, command, Waiting::Renewal { old, new, issued }, out);
        Ok(())
    }

    /// Says something to a chip on somebody's behalf; its answer goes on from there.
    fn say(
        &mut self,
        patient: PartyId,
        token: u16,
        command: TokenCommand,
        what: Waiting,
        out: &mut Outbox,
    ) {
        out.send(PartyId::Token(token), command);
        self.open.insert(PartyId::Token(token), Open { patient, what });
    }

    fn reset_pin(
        &mut self,
        patient: PartyId,
        token: u16,
        pin: String,
        out: &mut Outbox,
    ) -> Result<(), ProcedureRefusal> {
        let (serial, issued) = self.on(token)?;
        let what = Waiting::NewPin { serial, carrier: issued.carrier };
        self.say(patient, token, TokenCommand::SetPin(pin), what, out);
        Ok(())
    }

    fn load_phone(
        &mut self,
        now: Jst,
        patient: PartyId,
        phone: u16,
        carrier: Carrier,
        (card, password): (u16, String),
        out: &mut Outbox,
    ) -> Result<(), ProcedureRefusal> {
        let policy = self.register.on(now.date());
        if carrier == Carrier::Iphone && !policy.iphones_loaded() {
            return Err(ProcedureRefusal::PhoneNotYet);
        }
        let (behind, issued) = self.on(card)?;
        let good = standing(issued.expires, now.date(), Carrier::Card, &policy).allows_records();
        if issued.state != State::Active || !good {
            return Err(ProcedureRefusal::WrongState);
        }
        let mut line = Box::new(Line::new(PartyId::Token(card), None));
        line.say(Wish::VerifySignature(password), out);
        let what = Waiting::Signature { line, card: behind, phone, carrier };
        self.open.insert(PartyId::Token(card), Open { patient, what });
        Ok(())
    }

    pub(super) fn chip_answered(&mut self, token: PartyId, reply: TokenReply, out: &mut Outbox) {
        let Some(Open { patient, what }) = self.open.remove(&token) else { return };
        let done = match (what, reply) {
            (Waiting::Signature { mut line, card, phone, carrier }, reply) => {
                let Some(heard) = line.heard(reply, out) else {
                    let what = Waiting::Signature { line, card, phone, carrier };
                    self.open.insert(token, Open { patient, what });
                    return;
                };
                line.close(out);
                if heard == Heard::Outcome(Outcome::Accepted) {
                    return self.issue_to_phone(patient, card, phone, carrier, out);
                }
                Err(ProcedureRefusal::Signature)
            }
            (Waiting::Renewal { old, new, issued }, TokenReply::Written) => {
                let carrier = issued.carrier;
                self.issued.insert(new.clone(), issued);
                self.put(&old, State::Revoked(RevocationReason::Superseded), out);
                Ok(ProcedureResult::Done { serial: new, carrier })
            }
            (Waiting::NewPin { serial, carrier }, TokenReply::Written) => {
                Ok(ProcedureResult::Done { serial, carrier })
            }
            (Waiting::Phone { new, issued }, TokenReply::Written) => {
                let (owner, carrier) = (issued.owner, issued.carrier);
                self.stop_other_phones(owner, out);
                self.issued.insert(new.clone(), issued);
                Ok(ProcedureResult::Done { serial: new, carrier })
            }
            (_, _) => Err(ProcedureRefusal::Chip),
        };
        out.send(patient, done.unwrap_or_else(ProcedureResult::Refused));
    }

    fn issue_to_phone(
        &mut self,
        patient: PartyId,
        card: CertificateSerial,
        phone: u16,
        carrier: Carrier,
        out: &mut Outbox,
    ) {
        let Some(behind) = self.issued.get(&card) else { return };
        let issued = Issued {
            owner: behind.owner,
            token: phone,
            carrier,
            expires: behind.expires,
            card_expires: None,
            state: State::Active,
            behind: Some(card),
        };
        let (new, expires) = (self.next_serial(phone), issued.expires);
        let command = TokenCommand::Install { serial: new.clone(), expires };
        self.say(patient, phone, command, Waiting::Phone { new, issued }, out);
    }

    /// One handset for one person: the old one stops, without having been deleted (CERT-040).
    fn stop_other_phones(&mut self, owner: u16, out: &mut Outbox) {
        let old = |issued: &Issued| {
            issued.owner == owner
                && issued.carrier != Carrier::Card
                && !matches!(issued.state, State::Revoked(_))
        };
        let phones: Vec<_> =
            self.issued.iter().filter(|(_, i)| old(i)).map(|(phone, _)| phone.clone()).collect();
        for phone in phones {
            self.put(&phone, State::Revoked(RevocationReason::Superseded), out);
        }
    }
}
