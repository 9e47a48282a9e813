//! The choices that a program makes when it calls.

/// With whom a card is shared.
#[repr(u32)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ShareMode {
    /// With nobody.
    Exclusive = 1,
    /// With every other program.
    Shared = 2,
    /// The reader is meant; there need not be a card.
    Direct = 3,
}

/// The protocol between reader and card.
#[repr(u32)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Protocol {
    /// Byte by byte.
    T0 = 1,
    /// Block by block.
    T1 = 2,
    /// What the reader makes of it.
    #[cfg(not(target_os = "windows"))]
    RAW = 4,
    /// What the reader makes of it.
    #[cfg(target_os = "windows")]
    RAW = 0x0001_0000,
}

/// What becomes of the card.
#[repr(u32)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Disposition {
    /// Nothing.
    LeaveCard = 0,
    /// A warm reset.
    ResetCard = 1,
    /// Its power is taken away.
    UnpowerCard = 2,
    /// It is pushed out, by readers that can.
    EjectCard = 3,
}

/// For whom a context is made. pcsc-lite knows no difference.
#[repr(u32)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// The user.
    User = 0,
    /// The terminal.
    Terminal = 1,
    /// The system.
    System = 2,
    /// Everybody.
    Global = 3,
}

/// Groups of attributes.
#[repr(u32)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AttributeClass {
    /// About the maker.
    VendorInfo = 1,
    /// About the channel.
    Communications = 2,
    /// About protocols.
    Protocol = 3,
    /// About power.
    PowerMgmt = 4,
    /// About security.
    Security = 5,
    /// About mechanics.
    Mechanical = 6,
    /// The maker's own.
    VendorDefined = 7,
    /// About the protocol in use.
    IfdProtocol = 8,
    /// About the card.
    IccState = 9,
    /// About the system.
    System = 0,
}

macro_rules! attributes {
    ($($name:ident = $code:literal, $text:literal;)+) => {
        /// Attributes of readers and cards. The simulated reader, like that of vpcd, knows none.
        #[repr(u32)]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Attribute {
            $(#[doc = concat!("`", stringify!($code), "`: ", $text, ".")] $name = $code,)+
        }
    };
}

attributes! {
    VendorName = 0x0001_0100, "who made the reader";
    VendorIfdType = 0x0001_0101, "the reader's type";
    VendorIfdVersion = 0x0001_0102, "the reader's version";
    VendorIfdSerialNo = 0x0001_0103, "the reader's serial number";
    ChannelId = 0x0002_0110, "the reader's channel";
    AsyncProtocolTypes = 0x0003_0120, "asynchronous protocols";
    DefaultClk = 0x0003_0121, "default clock rate";
    MaxClk = 0x0003_0122, "highest clock rate";
    DefaultDataRate = 0x0003_0123, "default data rate";
    MaxDataRate = 0x0003_0124, "highest data rate";
    MaxIfsd = 0x0003_0125, "largest block";
    SyncProtocolTypes = 0x0003_0126, "synchronous protocols";
    PowerMgmtSupport = 0x0004_0131, "power management";
    UserToCardAuthDevice = 0x0005_0140, "how a user authenticates to the card";
    UserAuthInputDevice = 0x0005_0142, "what the user types on";
    Characteristics = 0x0006_0150, "mechanics";
    CurrentProtocolType = 0x0008_0201, "protocol in use";
    CurrentClk = 0x0008_0202, "clock rate in use";
    CurrentF = 0x0008_0203, "factor F in use";
    CurrentD = 0x0008_0204, "factor D in use";
    CurrentN = 0x0008_0205, "guard time in use";
    CurrentW = 0x0008_0206, "work waiting time in use";
    CurrentIfsc = 0x0008_0207, "block size of the card";
    CurrentIfsd = 0x0008_0208, "block size of the reader";
    CurrentBwt = 0x0008_0209, "block waiting time";
    CurrentCwt = 0x0008_020A, "character waiting time";
    CurrentEbcEncoding = 0x0008_020B, "error check in use";
    ExtendedBwt = 0x0008_020C, "extended block waiting time";
    IccPresence = 0x0009_0300, "whether there is a card";
    IccInterfaceStatus = 0x0009_0301, "whether the contacts are active";
    CurrentIoState = 0x0009_0302, "state of the I/O line";
    AtrString = 0x0009_0303, "answer to reset";
    IccTypePerAtr = 0x0009_0304, "the card's type";
    EscReset = 0x0007_A000, "maker's reset";
    EscCancel = 0x0007_A003, "maker's cancel";
    EscAuthrequest = 0x0007_A005, "maker's authentication";
    Maxinput = 0x0007_A007, "longest command";
    DeviceUnit = 0x0000_0001, "the reader's unit";
    DeviceInUse = 0x0000_0002, "whether it is in use";
    DeviceFriendlyName = 0x0000_0003, "the reader's name";
    DeviceSystemName = 0x0000_0004, "the reader's name in the system";
    SupressT1IfsRequest = 0x0000_0007, "block size is not negotiated";
}
