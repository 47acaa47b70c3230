//! Events, by their names in the past tense, with what each must tell for ever.

use pishkhan_store::Moment;
use serde::{Deserialize, Serialize};

use crate::deadlines::Deadline;
use crate::ids::{SenderId, StaffId};

/// What happened to a letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    LetterSubmitted {
        receipt_code: String,
        text_sha256: String,
        files_sha256: Vec<String>,
        /// Until when it should be reviewed. Events of before there were terms have none.
        #[serde(default)]
        deadline: Option<Deadline>,
    },
    /// Files that were said to follow have come.
    FilesAdded {
        files_sha256: Vec<String>,
    },
    LetterRedirected {
        from_unit: String,
        to_unit: String,
    },
    LetterRegistered {
        number: String,
        tracking_code: String,
        /// Until when it should be answered.
        #[serde(default)]
        deadline: Option<Deadline>,
        /// What was said of it then, by the words of forms; the number and the date are its sender's own. Empty in older events.
        #[serde(default)]
        classification: String,
        #[serde(default)]
        priority: String,
        #[serde(default)]
        own_number: String,
        #[serde(default)]
        own_date: String,
    },
    LetterRejected {
        reason: String,
        note: String,
        /// The legal ground, where the letter asked for information; else empty.
        #[serde(default)]
        ground: String,
    },
    /// Back to the sender, with what is missing.
    LetterReturned {
        items: Vec<String>,
        note: String,
        until: i64,
    },
    LetterCompleted {
        files_sha256: Vec<String>,
        /// Until when it should be reviewed now. Events of before it was told have none.
        #[serde(default)]
        due: Option<i64>,
    },
    /// The sender was told that the time to complete or to reply ends.
    SenderWarned {
        until: i64,
    },
    LetterLapsed,
    LetterWithdrawn {
        reason: String,
        /// Of papers that were brought for it to the counter.
        #[serde(default)]
        files_sha256: Vec<String>,
    },
    /// A decision of a moment ago was taken back: of a review the state to which it had led, else `answered`, `asked`, `upheld` or
    /// `reconsidered`. `number` is the one that it voided.
    DecisionUndone {
        undone: String,
        number: Option<String>,
    },
    ReviewAssigned {
        /// Empty: nobody any more.
        to_staff: String,
    },
    LetterClassified {
        classification: String,
        /// Empty in events of before there were priorities.
        #[serde(default)]
        priority: String,
    },
    LetterTaken,
    /// Back to the unit, since whoever had it in hand works there no more.
    LetterFreed {
        from_staff: String,
    },
    /// Into an officer's hand, out of another's if one had it. A new letter that comes into a hand by turn is given by nobody.
    LetterHandedOver {
        /// Empty: nobody had it.
        from_staff: String,
        /// Empty: whoever of the unit comes first.
        to_staff: String,
        /// May be empty.
        word: String,
    },
    LetterReferred {
        referral: String,
        to_unit: String,
        /// Empty: whoever of the unit comes first.
        to_staff: String,
        purpose: String,
        /// The referrals of those who were told of it.
        #[serde(default)]
        copies: Vec<String>,
    },
    ReferralDone {
        referral: String,
    },
    ReferralSentBack {
        referral: String,
        reason: String,
    },
    /// Whoever had asked or told took it back.
    ReferralRecalled {
        referral: String,
        /// May be empty.
        word: String,
    },
    /// Whom it asked can't answer any more; their unit was asked instead.
    ReferralFreed {
        referral: String,
        from_staff: String,
    },
    NoteWritten {
        note: String,
    },
    QuestionAsked {
        message: String,
        until: i64,
    },
    /// The unit told the sender something in between.
    SenderInformed {
        message: String,
        files_sha256: Vec<String>,
    },
    LetterReplied {
        message: String,
        files_sha256: Vec<String>,
        /// Until when it should be answered now. Events of before it was told have none.
        #[serde(default)]
        due: Option<i64>,
    },
    MessageSent {
        message: String,
        files_sha256: Vec<String>,
    },
    AnswerProposed {
        text_sha256: String,
    },
    AnswerSentBack {
        remark: String,
    },
    /// Its officer took it back before it was signed.
    AnswerRetracted,
    LetterAnswered {
        text_sha256: String,
        files_sha256: Vec<String>,
        /// From the outgoing register; empty where the unit has none.
        #[serde(default)]
        number: String,
        /// To which other authority the matter belongs; empty: to none.
        #[serde(default)]
        authority: String,
        /// How much of the information that was asked for is withheld, `part` or `all`, and by which legal ground; empty: nothing.
        #[serde(default)]
        withheld: String,
        #[serde(default)]
        ground: String,
    },
    /// The sender looked at the answer for the first time, or a clerk handed it to them.
    AnswerOpened,
    LetterObjected {
        text: String,
        /// Until when the objection should be decided.
        #[serde(default)]
        deadline: Option<Deadline>,
        /// Of papers that were brought for it to the counter.
        #[serde(default)]
        files_sha256: Vec<String>,
    },
    /// Nobody was left who could decide it where it lay; empty: the organisation as a whole.
    ObjectionRaised {
        to_unit: String,
    },
    /// The decision stands.
    ObjectionUpheld {
        text: String,
    },
    /// The sender was right.
    LetterReconsidered {
        text: String,
        /// Until when it should be decided anew: reviewed what was rejected, answered what was answered.
        #[serde(default)]
        deadline: Option<Deadline>,
    },
    LetterRated {
        steps: u8,
    },
    LetterClosed,
    LetterReopened {
        reason: String,
        /// Until when it should be answered.
        #[serde(default)]
        deadline: Option<Deadline>,
    },
    /// Overdue: raised to the signer one level up.
    LetterEscalated {
        to_unit: String,
        due: i64,
    },
    LettersRelated {
        other: String,
        relation: String,
    },
    LettersUnrelated {
        other: String,
        relation: String,
    },
    /// A member of staff had the sender's whole mobile number shown.
    MobileShown,
    /// Somebody acted for the sender, by that paper.
    SenderRepresented {
        /// attorney, representative or delegate.
        as_what: String,
        name: String,
        paper: String,
        until: String,
    },
    /// A new paper, or the same for longer, was shown.
    RepresentationRenewed {
        paper: String,
        until: String,
    },
    /// Whoever acted for the sender does so no more.
    RepresentationEnded,
    /// Written down at the counter for somebody; `confirmed` by the code that the person told.
    LetterFiledForSender {
        confirmed: bool,
    },
    /// The sender's number may be somebody else's now: their account sleeps. An empty reason: nobody was here for long.
    SenderAsleep {
        reason: String,
    },
    /// The letter came back into the account of its sender, who has proved that it is theirs.
    SenderWoken,
    /// The sender has another number now; both are told with their middle hidden.
    SenderNumberChanged {
        from: String,
        to: String,
        /// What a clerk saw and was told at the counter; empty where both numbers were proved by codes.
        paper: String,
    },
}

/// Who did it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    Sender(SenderId),
    Staff(StaffId),
    /// Nobody: it was due.
    Time,
}

/// An event as it was recorded.
#[derive(Clone, Debug)]
pub struct Happening {
    pub at: Moment,
    pub who: Who,
    /// The staff member's name now; empty for senders.
    pub name: String,
    pub event: Event,
}
