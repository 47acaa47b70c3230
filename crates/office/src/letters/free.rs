//! Freeing: what somebody had in hand who works there no more, or may not see it any more, is its unit's again; so is what they were
//! asked, and what they should review is everybody's. What is late and was shown to them alone goes on by itself (`escalate.rs`), and so does
//! an objection (`raise.rs`).

use pishkhan_store::{Result, Tx};

use super::rows;
use crate::ids::StaffId;
use crate::ledger::{self, Event, Who};
use crate::{referrals, search};

/// Frees what this person holds without a post or a clearance for it any more, or altogether when they were disabled; in the transaction
/// that ended the post or lowered the clearance. Nobody of the desk did it to the letter, so its events name nobody.
pub(crate) async fn free(tx: &mut Tx, gone: &StaffId) -> Result<()> {
    for id in rows::free_hands(tx, gone).await? {
        let event = Event::LetterFreed { from_staff: gone.to_string() };
        ledger::record(tx, &id, &Who::Time, &event).await?;
        search::index(tx, &id).await?;
    }
    for id in rows::free_reviews(tx, gone).await? {
        let event = Event::ReviewAssigned { to_staff: String::new() };
        ledger::record(tx, &id, &Who::Time, &event).await?;
        search::index(tx, &id).await?;
    }
    for (referral, letter) in referrals::asked_in_vain(tx, gone).await? {
        ledger::hold(tx, &letter).await?;
        if referrals::free_asked(tx, &referral, gone).await? {
            let event = Event::ReferralFreed { referral: referral.to_string(), from_staff: gone.to_string() };
            ledger::record(tx, &letter, &Who::Time, &event).await?;
            search::index(tx, &letter).await?;
        }
    }
    Ok(())
}
