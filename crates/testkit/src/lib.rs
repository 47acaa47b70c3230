//! The test kit: the real router in this process, on a fresh database of either kind, with a clock that can be moved on, two
//! organisations with their people, and browsers that fill in the forms they are shown.
//!
//! ```ignore
//! #[tokio::test]
//! async fn a_letter_is_registered() {
//!     on_both(async |app| {
//!         let sender = app.sender("09121234567").signs_in().await;
//!         let letter = sender.sends(&Letter::default()).await;
//!         app.reviewer().await.registers(&letter).await;
//!     })
//!     .await;
//! }
//! ```
//!
//! A test fails when one of its pages failed on the server, or one of its messages could not be sent. It is in no release.

mod answer;
mod app;
mod browser;
mod bucket;
pub mod clamd;
mod crowd;
mod database;
mod form;
mod mail;
mod outcomes;
mod plan;
pub mod poppler;
mod prototype;
pub mod samples;
mod sender;
pub mod sheets;
mod staff;
mod stream;
mod text;
mod upload;
mod work;

pub use answer::Answer;
pub use app::TestApp;
pub use browser::{Browser, encoded};
pub use bucket::{Bucket, Mood};
pub use clamd::Clamd;
pub use crowd::at_once;
pub use database::{Folder, Kind, on_both, on_both_as, on_one, on_postgres};
pub use form::Form;
pub use mail::Mail;
pub use plan::{Plan, UnitPlan};
pub use sender::{Letter, Sender};
pub use sender::{draft_of, submission_of};
pub use staff::{Account, PASSWORD, Staff};
pub use stream::Stream;
pub use upload::{Attachment, Multipart};
