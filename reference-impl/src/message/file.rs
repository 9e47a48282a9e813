//! Files in the folders that a terminal shares with the desk.

use std::fmt;

use serde::{Deserialize, Serialize, Serializer};

/// The folders of the link software.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Folder {
    /// Requests of the desk.
    Req,
    /// Answers.
    Res,
    /// Results of the reader.
    Face,
}

/// A file that has appeared in a folder, whole.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct File {
    /// Where.
    pub folder: Folder,
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub bytes: Bytes,
}

/// Bytes that a trace shows as text where they are text.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Bytes(pub Vec<u8>);

impl fmt::Debug for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.0.len())
    }
}

impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !serializer.is_human_readable() {
            return serializer.serialize_bytes(&self.0);
        }
        // The interface and the claim format know two encodings; anything else is shown with
        // replacement characters, which is what a reader of the trace should see.
        match std::str::from_utf8(&self.0) {
            Ok(text) => serializer.serialize_str(text),
            Err(_) => serializer.serialize_str(&encoding_rs::SHIFT_JIS.decode(&self.0).0),
        }
    }
}
