//! What can be decided about a letter now: each act that is open to this person, as a button with its key.

use pishkhan_office::actor::Staff;
use pishkhan_office::ids::LetterId;
use pishkhan_office::letters::{self, Act, Letter};
use pishkhan_office::units::Unit;

use crate::layout::Page;
use crate::links::{self, Link};

/// An act that can be done now, as a button.
pub struct Choice {
    pub act: Act,
    pub url: Link,
    pub class: &'static str,
    pub icon: &'static str,
    pub word: &'static str,
    /// What the word leaves out where there is little room.
    pub more: &'static str,
    pub key: char,
    /// Whether it can't be done yet; the panel says why.
    pub is_closed: bool,
}

/// What this person may do with the letter as it is now, the most likely first. Nobody signs their own proposal.
pub(super) fn of(
    page: &Page,
    staff: &Staff,
    letter: &Letter,
    holder: Option<&Unit>,
    is_own_proposal: bool,
) -> Vec<Choice> {
    let needs_signature = holder.is_some_and(|unit| unit.needs_signature);
    let acts = letters::open_acts(staff, letter, needs_signature);
    let acts = acts.into_iter().filter(|act| *act != Act::Issue || !is_own_proposal);
    acts.filter_map(|act| choice(page, &letter.id, act)).collect()
}

/// None: an act that no button of its own leads to.
fn choice(page: &Page, id: &LetterId, act: Act) -> Option<Choice> {
    let (url, class, icon, word, more, key) = match act {
        Act::Register => {
            (links::desk_registration(id), "btn wide", "stamp", "desk-act-register", "desk-act-register-more", 'A')
        }
        Act::Return => (links::desk_return(id), "btn alt wide", "clip", "returning-act", "returning-act-more", 'D'),
        Act::Redirect => {
            (links::desk_redirection(id), "btn alt wide", "forward", "desk-act-redirect", "desk-act-redirect-more", 'F')
        }
        Act::Reject => {
            (links::desk_rejection(id), "btn no wide", "cross", "desk-act-reject", "desk-act-reject-more", 'R')
        }
        Act::Take => (links::desk_taking(id), "btn wide", "user", "desk-act-take", "desk-act-take-more", 'T'),
        Act::HandOver => (links::desk_handover(id), "btn wide", "user", "handover-act", "handover-act-more", 'H'),
        Act::Refer => (links::desk_referrals(id), "btn alt", "forward", "work-act-refer", "work-act-refer-more", 'F'),
        Act::Ask => (links::desk_questions(id), "btn alt", "clip", "work-act-ask", "work-act-ask-more", 'D'),
        Act::Inform => (links::desk_interim(id), "btn alt", "letter", "work-act-inform", "work-act-inform-more", 'M'),
        Act::Answer | Act::Propose => {
            (links::desk_answer(id), "btn wide", "write", "desk-act-answer", "desk-act-answer-more", 'W')
        }
        Act::Issue => (links::desk_issue(id), "btn wide", "stamp", "act-issue", "act-issue-more", 'I'),
        Act::SendBack => (links::desk_remark(id), "btn alt wide", "back", "act-send-back", "act-send-back-more", 'R'),
        Act::Retract => (links::desk_retraction(id), "btn alt wide", "back", "act-retract", "act-retract-more", 'B'),
        Act::Uphold => (links::desk_ruling(id), "btn wide", "check", "act-rule", "act-rule-more", 'O'),
        Act::Reopen => (links::desk_reopening(id), "btn alt wide", "back", "act-reopen", "act-reopen-more", 'O'),
        Act::Submit
        | Act::Withdraw
        | Act::Complete
        | Act::Reply
        | Act::Object
        | Act::Undo
        | Act::Reconsider
        | Act::Lapse
        | Act::Close => return None,
    };
    Some(Choice { act, url, class, icon, word: page.t(word), more: page.t(more), key, is_closed: false })
}
