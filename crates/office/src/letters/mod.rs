//! Letters: the record and its states, one file per act, and the lists that people read.

mod add_files;
mod answer;
mod arrange;
mod ask;
mod assign;
mod attach_upload;
mod bind;
mod breach;
mod came_back;
mod carry_over;
mod classify;
mod close;
mod complete;
mod decision;
mod discard;
mod draft_answer;
mod end_representation;
mod ending;
mod escalate;
mod fold_senders;
mod free;
mod give;
mod ground;
mod hand_over;
mod inform;
mod issue;
mod lapse;
mod letter;
mod life;
mod lists;
mod marks;
mod moves;
mod object;
mod open_answer;
mod owed;
mod promise;
mod propose;
mod raise;
mod rate;
mod redirect;
mod refer;
mod register;
mod reject;
mod renew_representation;
mod reopen;
mod reply;
mod representative;
mod retract;
mod return_for_completion;
mod rights;
mod rows;
mod rule;
mod send_back;
mod share;
mod show_mobile;
mod sight;
mod states;
mod status;
mod submit;
mod take;
mod undo;
mod warn;
mod withdraw;
mod write;
mod write_again;

pub use add_files::{AddFilesError, Added, add_files, files_until};
pub use answer::{AnswerError, answer};
pub use arrange::{Arrangement, arrange};
pub use ask::{AskError, ask, reply_due};
pub use assign::{AssignError, assign};
pub use attach_upload::{AttachError, attach_upload};
pub use bind::{
    BindError, Bindery, Binding, Photos, begin_binding, bind, binding, drop_binding, has_enough_photos, keep_binding,
};
pub use breach::{Breach, Turn, TurnKind, breaches};
pub use came_back::{Back, CameBack};
pub use classify::{ClassifyError, classify, could_classify};
pub use close::close_due;
pub(crate) use complete::complete_as;
pub use complete::{Brought, CompleteError, Completed, REPLY_CHARACTERS, complete, missing_now};
pub use decision::{find_reopened, forget_decisions, has_unseen_decision, is_reopened, see_decision, undo_until};
pub use discard::{DiscardError, discard};
pub use draft_answer::{AUTHORITY_CHARACTERS, AnswerText, DraftAnswerError, draft_answer};
pub use end_representation::end_representation;
pub use ending::Ending;
pub use escalate::escalate_due;
pub use fold_senders::fold_senders;
pub(crate) use free::free;
pub use give::TextError;
pub use ground::{GROUND_CHARACTERS, GroundError, ground};
pub use hand_over::{
    HANDOVER_CHARACTERS, HandOverError, could_choose_hand, could_hand_over, could_take_from_hand, hand_over,
    is_late_below, other_hands, was_late_below,
};
pub use inform::{InformError, inform};
pub use issue::{IssueError, issue, needs_another_signer};
pub use lapse::lapse_due;
pub use letter::{
    Above, Classification, Content, Escalation, Gap, Letter, Own, Priority, Rating, SUBJECT_CHARACTERS, SenderKind,
    Stale, Version, WrongState,
};
pub use life::{ARROWS, Act, Arrow, diagram};
pub use lists::{
    Across, Card, Counts, Filter, MOST_COUNTED, MOST_SIEVED, Place, Sieve, Spot, Trail, Tray, TrayCounts, TrayPage,
    history, history_counts, loads, next_in_review, page_before, public_trail, spot_in, tracked, tray, tray_beside,
    tray_count, tray_counts, unrated,
};
pub use marks::{MarkFault, Marks, OWN_NUMBER_CHARACTERS};
pub(crate) use object::object_as;
pub use object::{NoObjection, OBJECTION_CHARACTERS, ObjectError, object, objection_window};
pub(crate) use open_answer::open_answer_as;
pub use open_answer::{has_unopened_answer, open_answer};
pub(crate) use owed::{due, owed};
pub use promise::{Promise, Promises, promise, promises};
pub use propose::{ProposeError, propose};
pub use raise::raise_due;
pub use rate::{RATING_CHARACTERS, RATING_STEPS, RateError, can_be_rated, rate};
pub use redirect::{RedirectError, redirect};
pub use refer::{ReferError, Referring, refer};
pub use register::{RegisterError, register, register_marked};
pub use reject::{REJECTION_NOTE_CHARACTERS, Refusal, RejectError, reject};
pub use renew_representation::{RepresentationError, RepresentationFault, renew_representation};
pub use reopen::{ReopenError, reopen};
pub(crate) use reply::reply_as;
pub use reply::{ReplyError, reply};
pub(crate) use representative::in_hands;
pub use representative::{PAPER_CHARACTERS, Representative, RepresentativeKind};
pub use retract::{RetractError, retract};
pub use return_for_completion::{
    ITEM_CHARACTERS, ITEMS, Missing, RETURN_DAYS, RETURN_NOTE_CHARACTERS, ReturnError, listed, return_for_completion,
    return_until,
};
pub use rights::{could_act, open_acts, reads_draft};
pub(crate) use rows::{come_back, letter as of_row, save};
pub use rows::{find_back, find_draft, find_follower, find_for_desk, find_own, followers_for_desk, see_back};
pub use rule::{RuleError, Ruling, rule};
pub use send_back::{REMARK_CHARACTERS, SaidError, SendBackError, said, send_back};
pub use share::share_due;
pub use show_mobile::show_mobile;
pub(crate) use sight::{card_columns, left_alone, sight, told_state};
pub use states::{
    Answer, Ended, Objection, Outcome, OutgoingNumber, Proposal, Question, Registration, Rejection, Return, State,
    Submission, Work,
};
pub use status::status_key;
pub(crate) use submit::submit_as;
pub use submit::{SubmitError, submit};
pub use take::{TakeError, take};
pub use undo::{UndoError, undo};
pub use warn::warn_due;
pub(crate) use withdraw::withdraw_as;
pub use withdraw::{WITHDRAWAL_CHARACTERS, WithdrawError, can_withdraw, withdraw};
pub(crate) use write::hold;
pub use write::{Changed, WriteError, change, write};
pub(crate) use write_again::write_again_by;
pub use write_again::{WriteAgainError, can_write_again, write_again};
