//! Letters: the record and its states, one file per act, and the lists that people read.

mod add_files;
mod answer;
mod arrange;
mod ask;
mod assign;
mod attach_upload;
mod bind;
mod breach;
mod classify;
mod close;
mod discard;
mod escalate;
mod letter;
mod life;
mod lists;
mod moves;
mod object;
mod redirect;
mod refer;
mod register;
mod reject;
mod reply;
mod rights;
mod rows;
mod show_mobile;
mod sight;
mod states;
mod submit;
mod take;
mod write;

pub use add_files::{AddFilesError, Added, add_files, files_until};
pub use answer::{AnswerError, AnswerText, answer};
pub use arrange::{Arrangement, arrange};
pub use ask::{AskError, ask, reply_due};
pub use assign::{AssignError, assign};
pub use attach_upload::{AttachError, attach_upload};
pub use bind::{
    BindError, Bindery, Binding, Photos, begin_binding, bind, binding, drop_binding, has_enough_photos, keep_binding,
};
pub use breach::{Breach, breach};
pub use classify::{ClassifyError, classify, could_classify};
pub use close::close_due;
pub use discard::{DiscardError, discard};
pub use escalate::escalate_due;
pub use letter::{
    Above, Classification, Content, Gap, Letter, Rating, SUBJECT_CHARACTERS, SenderKind, Stale, Version, WrongState,
};
pub use life::{ARROWS, Act, Arrow, diagram};
pub use lists::{
    Card, Counts, Filter, MOST_COUNTED, Place, Sieve, Trail, Tray, TrayCounts, history, history_counts, next_in_review,
    public_trail, tracked, tray, tray_count, tray_counts,
};
pub use object::{OBJECTION_CHARACTERS, ObjectError, object};
pub use redirect::{RedirectError, redirect};
pub use refer::{ReferError, Referring, refer};
pub use register::{RegisterError, register};
pub use reject::{Refusal, RejectError, reject};
pub use reply::{ReplyError, reply};
pub use rights::{could_act, open_acts};
pub use rows::{find_draft, find_for_desk, find_own};
pub(crate) use rows::{letter as of_row, save};
pub use show_mobile::show_mobile;
pub(crate) use sight::{card_columns, sight};
pub use states::{
    Answer, Ended, Objection, Outcome, OutgoingNumber, Proposal, Question, Registration, Rejection, Return, State,
    Submission, Work,
};
pub(crate) use submit::submit_as;
pub use submit::{SubmitError, submit};
pub use take::{TakeError, take};
pub(crate) use write::hold;
pub use write::{Changed, WriteError, change, write};
