//! Every enum and flag of the surface with all its members and their numbers, as pcsc-lite and
//! the real crate define them. A member that is missing or too many does not compile.

/// Lists all members of an enum with their numbers. The match has no other arm.
macro_rules! numbers {
    ($($test:ident: $of:ident { $($(#[$when:meta])* $member:ident = $number:literal,)+ })+) => {$(
        #[test]
        fn $test() {
            let all = [$($(#[$when])* pcsc::$of::$member,)+];
            for member in all {
                let number: u32 = match member {
                    $($(#[$when])* pcsc::$of::$member => $number,)+
                };
                assert_eq!(member as u32, number, "{member:?}");
            }
        }
    )+};
}

/// Lists all flags of a kind with their numbers.
macro_rules! flags {
    ($($test:ident: $of:ident { $($member:ident = $number:literal,)+ })+) => {$(
        #[test]
        fn $test() {
            let mut all = pcsc::$of::empty();
            $(
                assert_eq!(pcsc::$of::$member.bits(), $number, stringify!($member));
                all |= pcsc::$of::$member;
            )+
            assert_eq!(all, pcsc::$of::all());
        }
    )+};
}

#[cfg(not(target_os = "windows"))]
numbers! {
    errors: Error {
        InternalError = 0x8010_0001,
        Cancelled = 0x8010_0002,
        InvalidHandle = 0x8010_0003,
        InvalidParameter = 0x8010_0004,
        InvalidTarget = 0x8010_0005,
        NoMemory = 0x8010_0006,
        WaitedTooLong = 0x8010_0007,
        InsufficientBuffer = 0x8010_0008,
        UnknownReader = 0x8010_0009,
        Timeout = 0x8010_000A,
        SharingViolation = 0x8010_000B,
        NoSmartcard = 0x8010_000C,
        UnknownCard = 0x8010_000D,
        CantDispose = 0x8010_000E,
        ProtoMismatch = 0x8010_000F,
        NotReady = 0x8010_0010,
        InvalidValue = 0x8010_0011,
        SystemCancelled = 0x8010_0012,
        CommError = 0x8010_0013,
        UnknownError = 0x8010_0014,
        InvalidAtr = 0x8010_0015,
        NotTransacted = 0x8010_0016,
        ReaderUnavailable = 0x8010_0017,
        Shutdown = 0x8010_0018,
        PciTooSmall = 0x8010_0019,
        ReaderUnsupported = 0x8010_001A,
        DuplicateReader = 0x8010_001B,
        CardUnsupported = 0x8010_001C,
        NoService = 0x8010_001D,
        ServiceStopped = 0x8010_001E,
        IccInstallation = 0x8010_0020,
        IccCreateorder = 0x8010_0021,
        UnsupportedFeature = 0x8010_001F,
        DirNotFound = 0x8010_0023,
        FileNotFound = 0x8010_0024,
        NoDir = 0x8010_0025,
        NoFile = 0x8010_0026,
        NoAccess = 0x8010_0027,
        WriteTooMany = 0x8010_0028,
        BadSeek = 0x8010_0029,
        InvalidChv = 0x8010_002A,
        UnknownResMng = 0x8010_002B,
        NoSuchCertificate = 0x8010_002C,
        CertificateUnavailable = 0x8010_002D,
        NoReadersAvailable = 0x8010_002E,
        CommDataLost = 0x8010_002F,
        NoKeyContainer = 0x8010_0030,
        ServerTooBusy = 0x8010_0031,
        UnsupportedCard = 0x8010_0065,
        UnresponsiveCard = 0x8010_0066,
        UnpoweredCard = 0x8010_0067,
        ResetCard = 0x8010_0068,
        RemovedCard = 0x8010_0069,
        SecurityViolation = 0x8010_006A,
        WrongChv = 0x8010_006B,
        ChvBlocked = 0x8010_006C,
        Eof = 0x8010_006D,
        CancelledByUser = 0x8010_006E,
        CardNotAuthenticated = 0x8010_006F,
        CacheItemNotFound = 0x8010_0070,
        CacheItemStale = 0x8010_0071,
        CacheItemTooBig = 0x8010_0072,
    }
    share_modes: ShareMode {
        Exclusive = 1,
        Shared = 2,
        Direct = 3,
    }
    protocols_one_by_one: Protocol {
        T0 = 1,
        T1 = 2,
        RAW = 4,
    }
    dispositions: Disposition {
        LeaveCard = 0,
        ResetCard = 1,
        UnpowerCard = 2,
        EjectCard = 3,
    }
    scopes: Scope {
        User = 0,
        Terminal = 1,
        System = 2,
        Global = 3,
    }
    attribute_classes: AttributeClass {
        VendorInfo = 1,
        Communications = 2,
        Protocol = 3,
        PowerMgmt = 4,
        Security = 5,
        Mechanical = 6,
        VendorDefined = 7,
        IfdProtocol = 8,
        IccState = 9,
        System = 0,
    }
    attributes: Attribute {
        VendorName = 0x0001_0100,
        VendorIfdType = 0x0001_0101,
        VendorIfdVersion = 0x0001_0102,
        VendorIfdSerialNo = 0x0001_0103,
        ChannelId = 0x0002_0110,
        AsyncProtocolTypes = 0x0003_0120,
        DefaultClk = 0x0003_0121,
        MaxClk = 0x0003_0122,
        DefaultDataRate = 0x0003_0123,
        MaxDataRate = 0x0003_0124,
        MaxIfsd = 0x0003_0125,
        SyncProtocolTypes = 0x0003_0126,
        PowerMgmtSupport = 0x0004_0131,
        UserToCardAuthDevice = 0x0005_0140,
        UserAuthInputDevice = 0x0005_0142,
        Characteristics = 0x0006_0150,
        CurrentProtocolType = 0x0008_0201,
        CurrentClk = 0x0008_0202,
        CurrentF = 0x0008_0203,
        CurrentD = 0x0008_0204,
        CurrentN = 0x0008_0205,
        CurrentW = 0x0008_0206,
        CurrentIfsc = 0x0008_0207,
        CurrentIfsd = 0x0008_0208,
        CurrentBwt = 0x0008_0209,
        CurrentCwt = 0x0008_020A,
        CurrentEbcEncoding = 0x0008_020B,
        ExtendedBwt = 0x0008_020C,
        IccPresence = 0x0009_0300,
        IccInterfaceStatus = 0x0009_0301,
        CurrentIoState = 0x0009_0302,
        AtrString = 0x0009_0303,
        IccTypePerAtr = 0x0009_0304,
        EscReset = 0x0007_A000,
        EscCancel = 0x0007_A003,
        EscAuthrequest = 0x0007_A005,
        Maxinput = 0x0007_A007,
        DeviceUnit = 0x0000_0001,
        DeviceInUse = 0x0000_0002,
        DeviceFriendlyName = 0x0000_0003,
        DeviceSystemName = 0x0000_0004,
        SupressT1IfsRequest = 0x0000_0007,
    }
}

#[cfg(not(target_os = "windows"))]
flags! {
    states: State {
        UNAWARE = 0x0000,
        IGNORE = 0x0001,
        CHANGED = 0x0002,
        UNKNOWN = 0x0004,
        UNAVAILABLE = 0x0008,
        EMPTY = 0x0010,
        PRESENT = 0x0020,
        ATRMATCH = 0x0040,
        EXCLUSIVE = 0x0080,
        INUSE = 0x0100,
        MUTE = 0x0200,
        UNPOWERED = 0x0400,
    }
    statuses: Status {
        UNKNOWN = 0x0001,
        ABSENT = 0x0002,
        PRESENT = 0x0004,
        SWALLOWED = 0x0008,
        POWERED = 0x0010,
        NEGOTIABLE = 0x0020,
        SPECIFIC = 0x0040,
    }
    protocols: Protocols {
        UNDEFINED = 0x0000,
        T0 = 0x0001,
        T1 = 0x0002,
        RAW = 0x0004,
        ANY = 0x0003,
    }
}
