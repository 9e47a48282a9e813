//! J-LIS, 公的個人認証: says of a certificate whose it is, when it runs out, and whether it was
//! revoked or suspended (NBR-012).

use std::collections::BTreeMap;

use crate::calendar::Jst;
use crate::ids::CertificateSerial;
use crate::message::registry::CertificateStatus;
use crate::message::{CertificateAnswer, Message};
use crate::party::{Input, Outbox, Party};

/// The certifier. A request that finds it in maintenance never arrives; the asker's time-out
/// decides.
#[derive(Debug, Default)]
pub struct Certifier {
    issued: BTreeMap<CertificateSerial, CertificateStatus>,
}

impl Certifier {
    /// A certifier that has issued these.
    pub fn new(issued: BTreeMap<CertificateSerial, CertificateStatus>) -> Self {
        Self { issued }
    }
}

impl Party for Certifier {
    fn handle(&mut self, _now: Jst, input: Input, out: &mut Outbox) {
        if let Input::Message { from, message: Message::CertificateQuery(query) } = input {
            let status = self.issued.get(&query.serial).copied();
            let status = status.unwrap_or(CertificateStatus::Unknown);
            out.send(from, CertificateAnswer { request: query.request, status });
        }
    }
}
