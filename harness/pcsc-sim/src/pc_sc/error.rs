//! The errors of PC/SC with their codes.

/// Writes the enum, its text and its list from one table, so that none can miss a line.
macro_rules! errors {
    ($($(#[$when:meta])* $name:ident = $code:literal, $text:literal;)+) => {
        /// What a PC/SC call can fail with. `error as u32` is the `SCARD_…` code, as pcsc-lite
        /// and Windows define it.
        ///
        /// Most of them exist for completeness: a program may match on any. The ones that the
        /// simulated service gives are listed in the README.
        #[repr(u32)]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Error {
            $($(#[$when])* #[doc = concat!("`", stringify!($code), "`: ", $text, ".")] $name = $code,)+
        }

        impl Error {
            /// All of them, in the order of their codes.
            #[cfg(test)]
            const ALL: &[Self] = &[$($(#[$when])* Self::$name,)+];

            const fn text(self) -> &'static str {
                match self {
                    $($(#[$when])* Self::$name => $text,)+
                }
            }
        }
    };
}

errors! {
    InternalError = 0x8010_0001, "the service found itself in a state that cannot be";
    Cancelled = 0x8010_0002, "the wait was cancelled by the program";
    InvalidHandle = 0x8010_0003, "no such context or connection";
    InvalidParameter = 0x8010_0004, "a parameter cannot be understood";
    InvalidTarget = 0x8010_0005, "the start-up information is missing or wrong";
    NoMemory = 0x8010_0006, "out of memory";
    WaitedTooLong = 0x8010_0007, "an inner timer of the service ran out";
    InsufficientBuffer = 0x8010_0008, "the buffer is too small for the answer";
    UnknownReader = 0x8010_0009, "no reader has this name";
    Timeout = 0x8010_000A, "nothing changed within the time given";
    SharingViolation = 0x8010_000B, "another program holds the card";
    NoSmartcard = 0x8010_000C, "there is no card in the reader";
    UnknownCard = 0x8010_000D, "no card has this name";
    CantDispose = 0x8010_000E, "it is still in use and cannot be given back";
    ProtoMismatch = 0x8010_000F, "card and program share no protocol";
    NotReady = 0x8010_0010, "reader or card is not ready";
    InvalidValue = 0x8010_0011, "a value is out of its range";
    SystemCancelled = 0x8010_0012, "the system cancelled the call, as when it shuts down";
    CommError = 0x8010_0013, "the line to the reader is disturbed";
    UnknownError = 0x8010_0014, "something failed and nobody knows what";
    InvalidAtr = 0x8010_0015, "the answer to reset is malformed";
    NotTransacted = 0x8010_0016, "the exchange with the card did not take place";
    ReaderUnavailable = 0x8010_0017, "the reader is not there at the moment";
    Shutdown = 0x8010_0018, "the call was given up because the service is ending";
    PciTooSmall = 0x8010_0019, "the protocol header's buffer is too small";
    ReaderUnsupported = 0x8010_001A, "the reader's driver is not good enough";
    DuplicateReader = 0x8010_001B, "two readers have one name";
    CardUnsupported = 0x8010_001C, "the card is not good enough";
    NoService = 0x8010_001D, "the smart card service does not run";
    ServiceStopped = 0x8010_001E, "the smart card service has stopped";
    #[cfg(target_os = "windows")]
    Unexpected = 0x8010_001F, "the card did something unexpected";
    #[cfg(not(target_os = "windows"))]
    UnsupportedFeature = 0x8010_001F, "reader or card cannot do this";
    IccInstallation = 0x8010_0020, "the card has no primary provider";
    IccCreateorder = 0x8010_0021, "things cannot be created in this order";
    #[cfg(target_os = "windows")]
    UnsupportedFeature = 0x8010_0022, "reader or card cannot do this";
    DirNotFound = 0x8010_0023, "the card has no such directory";
    FileNotFound = 0x8010_0024, "the card has no such file";
    NoDir = 0x8010_0025, "the path is not that of a directory";
    NoFile = 0x8010_0026, "the path is not that of a file";
    NoAccess = 0x8010_0027, "access to the file is denied";
    WriteTooMany = 0x8010_0028, "the card has no room for it";
    BadSeek = 0x8010_0029, "the position in the file cannot be set";
    InvalidChv = 0x8010_002A, "the PIN is malformed";
    UnknownResMng = 0x8010_002B, "a lower layer gave an unknown error";
    NoSuchCertificate = 0x8010_002C, "there is no such certificate";
    CertificateUnavailable = 0x8010_002D, "the certificate cannot be read";
    NoReadersAvailable = 0x8010_002E, "no reader is attached";
    CommDataLost = 0x8010_002F, "data were lost on the line, try again";
    NoKeyContainer = 0x8010_0030, "the card has no such key container";
    ServerTooBusy = 0x8010_0031, "the service is too busy";
    UnsupportedCard = 0x8010_0065, "the reader cannot talk to a card with this answer to reset";
    UnresponsiveCard = 0x8010_0066, "the card does not answer a reset";
    UnpoweredCard = 0x8010_0067, "the card has no power";
    ResetCard = 0x8010_0068, "the card was reset, what was selected and verified is gone";
    RemovedCard = 0x8010_0069, "the card was taken away";
    SecurityViolation = 0x8010_006A, "access was denied for reasons of security";
    WrongChv = 0x8010_006B, "the PIN is wrong";
    ChvBlocked = 0x8010_006C, "the PIN is blocked";
    Eof = 0x8010_006D, "the end of the file is reached";
    CancelledByUser = 0x8010_006E, "the user cancelled";
    CardNotAuthenticated = 0x8010_006F, "no PIN was given";
    CacheItemNotFound = 0x8010_0070, "the cache has no such item";
    CacheItemStale = 0x8010_0071, "the item in the cache was too old";
    CacheItemTooBig = 0x8010_0072, "the item is too big for the cache";
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.text())
    }
}

impl std::error::Error for Error {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_sixty_two_and_their_codes_rise() {
        let all = Error::ALL;
        assert_eq!(all.len(), if cfg!(target_os = "windows") { 63 } else { 62 });
        assert!(all.windows(2).all(|pair| (pair[0] as u32) < (pair[1] as u32)));
    }

    #[test]
    fn the_codes_are_those_of_pcsc_lite() {
        let table = [
            (Error::Cancelled, 0x8010_0002),
            (Error::InsufficientBuffer, 0x8010_0008),
            (Error::UnknownReader, 0x8010_0009),
            (Error::Timeout, 0x8010_000A),
            (Error::SharingViolation, 0x8010_000B),
            (Error::NoSmartcard, 0x8010_000C),
            (Error::ProtoMismatch, 0x8010_000F),
            (Error::NotTransacted, 0x8010_0016),
            (Error::ReaderUnavailable, 0x8010_0017),
            (Error::NoService, 0x8010_001D),
            (Error::NoReadersAvailable, 0x8010_002E),
            (Error::UnpoweredCard, 0x8010_0067),
            (Error::ResetCard, 0x8010_0068),
            (Error::RemovedCard, 0x8010_0069),
        ];
        for (error, code) in table {
            assert_eq!(error as u32, code, "{error}");
        }
    }
}
