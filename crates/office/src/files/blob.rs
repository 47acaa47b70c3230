//! What is known of a file's bytes besides what they are: whether they were scanned, and whether there are pictures of their
//! pages. Pure.

/// Whether the scanner has seen the bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scan {
    /// No scanner was configured when they came.
    Off,
    /// The scanner was down when they came; until it has seen them, nobody can open them.
    Waiting,
    Clean,
    /// Found after they came; nobody can open them.
    Infected,
}

/// Whether there are pictures of the pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preview {
    /// There is no renderer for this kind here, or previews are switched off.
    None,
    Waiting,
    /// There are pictures of the first `made` of `in_all` pages.
    Made {
        made: u32,
        in_all: u32,
    },
    /// The file broke the worker, or was too much for it.
    Broken,
}

impl Scan {
    pub fn as_str(self) -> &'static str {
        match self {
            Scan::Off => "off",
            Scan::Waiting => "waiting",
            Scan::Clean => "clean",
            Scan::Infected => "infected",
        }
    }

    pub fn parse(text: &str) -> Option<Scan> {
        [Scan::Off, Scan::Waiting, Scan::Clean, Scan::Infected].into_iter().find(|scan| scan.as_str() == text)
    }
}

impl Preview {
    pub fn as_str(self) -> &'static str {
        match self {
            Preview::None => "none",
            Preview::Waiting => "waiting",
            Preview::Made { .. } => "made",
            Preview::Broken => "broken",
        }
    }

    /// The preview of a row with this word and these counts.
    pub fn parse(text: &str, made: u32, in_all: u32) -> Option<Preview> {
        match text {
            "none" => Some(Preview::None),
            "waiting" => Some(Preview::Waiting),
            "made" => Some(Preview::Made { made, in_all }),
            "broken" => Some(Preview::Broken),
            _ => None,
        }
    }
}
