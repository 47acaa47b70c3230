//! Which acts are open to a member of staff for a letter as it is now. The acts themselves ask again. Pure.

use super::hand_over::{could_hand_over, is_late_below, was_late_below};
use super::letter::Letter;
use super::life::Act;
use super::states::State;
use crate::actor::{Role, Staff};

/// The acts of the desk that this person may do with the letter now, the most likely first. `needs_signature`: whether the unit
/// that holds it wants its answers signed.
pub fn open_acts(staff: &Staff, letter: &Letter, needs_signature: bool) -> Vec<Act> {
    let holder = letter.holder.as_ref();
    let is_officer = holder.is_some_and(|unit| staff.is_officer_of(unit));
    let is_signer = holder.is_some_and(|unit| staff.is_signer_of(unit));
    let is_above = letter.raised_to.as_ref().is_some_and(|above| staff.is_signer_above(above));
    let officer = letter.state.work().and_then(|work| work.officer.as_ref());
    let mut acts = match &letter.state {
        State::Submitted(_) if staff.has(Role::Reviewer) => {
            vec![Act::Register, Act::Return, Act::Redirect, Act::Reject]
        }
        State::Registered(..) | State::InProgress(..) if officer.is_none() => {
            let refers = is_officer || is_signer;
            let untaken = [(Act::Take, is_officer), (Act::HandOver, is_signer), (Act::Refer, refers)];
            untaken.into_iter().filter(|(_, is_open)| *is_open).map(|(act, _)| act).collect()
        }
        State::InProgress(..) if is_officer && officer == Some(&staff.id) => {
            let answer = if needs_signature { Act::Propose } else { Act::Answer };
            vec![answer, Act::Refer, Act::Ask]
        }
        State::AnswerReview(..) => {
            let mut acts = if is_signer { vec![Act::Issue, Act::SendBack] } else { Vec::new() };
            let is_theirs = is_officer && officer.is_none_or(|officer| *officer == staff.id);
            acts.extend(is_theirs.then_some(Act::Retract));
            acts
        }
        State::Objected(..) if is_above => vec![Act::Uphold, Act::Reconsider],
        State::Closed(..) if staff.has(Role::Administrator) => vec![Act::Reopen],
        _ => Vec::new(),
    };
    let informs = match &letter.state {
        State::Registered(..) | State::AnswerReview(..) => is_signer,
        State::InProgress(..) => is_signer || is_officer && officer == Some(&staff.id),
        _ => false,
    };
    acts.extend(informs.then_some(Act::Inform));
    // Out of which hand it comes, and into which: what is late waits for the signer above, too.
    let hands_over = is_late_below(staff, letter) && could_hand_over(staff, letter) && !acts.contains(&Act::HandOver);
    acts.extend(hands_over.then_some(Act::HandOver));
    acts
}

/// Whether this person's posts allow the act for the letter at all, whatever its state: if they do, and the act isn't open now,
/// somebody else was first; if not, the act doesn't exist for them.
pub fn could_act(staff: &Staff, letter: &Letter, act: Act) -> bool {
    let holder = letter.holder.as_ref();
    match act {
        Act::Register | Act::Return | Act::Redirect | Act::Reject => staff.has(Role::Reviewer),
        // Whoever decides may have decided a moment ago.
        Act::Undo => {
            let deciding = [Act::Register, Act::Ask, Act::Issue, Act::Uphold, Act::Reopen];
            deciding.iter().any(|act| could_act(staff, letter, *act))
        }
        Act::Take | Act::Ask | Act::Propose | Act::Answer | Act::Retract => {
            holder.is_some_and(|unit| staff.is_officer_of(unit))
        }
        Act::Refer | Act::Inform => holder.is_some_and(|unit| staff.is_officer_of(unit) || staff.is_signer_of(unit)),
        Act::HandOver => holder.is_some_and(|unit| staff.is_signer_of(unit)) || was_late_below(staff, letter),
        Act::Issue | Act::SendBack => holder.is_some_and(|unit| staff.is_signer_of(unit)),
        Act::Uphold | Act::Reconsider => letter.raised_to.as_ref().is_some_and(|above| staff.is_signer_above(above)),
        Act::Reopen => staff.has(Role::Administrator),
        Act::Submit | Act::Withdraw | Act::Complete | Act::Reply | Act::Object | Act::Lapse | Act::Close => false,
    }
}

/// Whether this person reads the draft of the letter's answer, and its files: whoever works on it in the unit that holds the letter, and
/// auditors, who see everything.
pub fn reads_draft(staff: &Staff, letter: &Letter) -> bool {
    let is_written = matches!(letter.state, State::InProgress(..) | State::AnswerReview(..));
    let works_on_it = could_act(staff, letter, Act::Answer) || could_act(staff, letter, Act::Issue);
    is_written && (works_on_it || staff.has(Role::Auditor))
}
