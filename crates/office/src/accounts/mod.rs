//! Who may come in: senders by mobile number and one-time code, staff by password and second factor; their sessions; and how
//! often anybody may try (SECURITY.md, "Limits").
//!
//! Nothing here tells a known number or address from an unknown one, neither by its answer nor by its time. Codes and personal
//! subjects of limits are stored as HMACs under the server's secret, tokens as hashes.

pub mod browser;
pub mod challenge;
pub mod devices;
pub mod email;
pub mod invitation;
pub mod limits;
pub mod password;
pub mod second_factor;
pub mod sessions;
pub mod sign_in;
pub mod staff;
pub mod staff_sign_in;

mod form_token;
mod recovery;
mod rows;
pub(crate) mod seal;
mod sweep;
mod token;
mod typed;
mod visitor;

pub use form_token::{form_token, is_form_token, new_browser_key};
pub use sweep::sweep;
pub use token::{DeviceToken, InvitationToken, SecondFactorToken, SessionToken, SignInToken, Token};
pub use visitor::Visitor;
