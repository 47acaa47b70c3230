//! The settings of files and of the pictures of their pages.

use std::path::PathBuf;

use serde::Deserialize;

use super::Secret;

/// Where files are kept, and what stands before them.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Files {
    /// Empty: the data folder. Otherwise `s3://bucket/prefix`.
    pub store: String,
    /// Empty: none. Otherwise `clamd:` and the path of its socket.
    pub antivirus: String,
    pub quota_per_day: u32,
    pub free_percent: u8,
    pub s3: S3,
}

/// The storage of the bucket.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct S3 {
    /// Empty: Amazon's.
    pub endpoint: String,
    pub region: String,
    pub access_key: String,
    pub secret_key: Secret,
    pub path_style: bool,
    pub allow_http: bool,
}

/// Pictures of the pages of files.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Previews {
    pub pictures: Pictures,
    pub pages: u32,
    pub seconds: u32,
    pub memory_megabytes: u32,
    /// Empty: none.
    pub libreoffice: PathBuf,
}

/// Whether pictures are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Pictures {
    On,
    Off,
}

impl Previews {
    /// The program that turns DOC and DOCX into PDF, if there is to be one.
    pub fn office(&self) -> Option<PathBuf> {
        (self.pictures == Pictures::On && !self.libreoffice.as_os_str().is_empty()).then(|| self.libreoffice.clone())
    }
}
