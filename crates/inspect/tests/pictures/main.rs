//! The inspection of pictures: what it says of each specimen, and that nothing makes it read or panic without bounds.

mod meter;
mod properties;
mod specimens;
