//! What the reception needs of a certificate: its serial number.

use der::Decode;
use x509_cert::Certificate;

use crate::ids::CertificateSerial;

/// The serial number (発行番号) of a certificate in DER, in hexadecimal; `None` if it is none.
pub(super) fn serial(der: &[u8]) -> Option<CertificateSerial> {
    let certificate = Certificate::from_der(der).ok()?;
    let serial = certificate.tbs_certificate().serial_number().as_bytes();
    let digits = serial.iter().map(|byte| format!("{byte:02X}"));
    Some(CertificateSerial(digits.collect()))
}
