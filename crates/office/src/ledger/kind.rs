//! What each event is called in tables. The words are kept for ever; those in `detail` are serde's, and the same.

use super::Event;

impl Event {
    /// The event's name in tables.
    pub fn kind(&self) -> &'static str {
        match self {
            Event::LetterSubmitted { .. } => "letter_submitted",
            Event::FilesAdded { .. } => "files_added",
            Event::LetterRedirected { .. } => "letter_redirected",
            Event::LetterRegistered { .. } => "letter_registered",
            Event::LetterRejected { .. } => "letter_rejected",
            Event::LetterReturned { .. } => "letter_returned",
            Event::LetterCompleted { .. } => "letter_completed",
            Event::SenderWarned { .. } => "sender_warned",
            Event::LetterLapsed => "letter_lapsed",
            Event::LetterWithdrawn { .. } => "letter_withdrawn",
            Event::DecisionUndone { .. } => "decision_undone",
            Event::ReviewAssigned { .. } => "review_assigned",
            Event::LetterClassified { .. } => "letter_classified",
            Event::LetterTaken => "letter_taken",
            Event::LetterFreed { .. } => "letter_freed",
            Event::LetterHandedOver { .. } => "letter_handed_over",
            Event::LetterReferred { .. } => "letter_referred",
            Event::ReferralDone { .. } => "referral_done",
            Event::ReferralSentBack { .. } => "referral_sent_back",
            Event::ReferralRecalled { .. } => "referral_recalled",
            Event::ReferralFreed { .. } => "referral_freed",
            Event::NoteWritten { .. } => "note_written",
            Event::QuestionAsked { .. } => "question_asked",
            Event::SenderInformed { .. } => "sender_informed",
            Event::LetterReplied { .. } => "letter_replied",
            Event::MessageSent { .. } => "message_sent",
            Event::AnswerProposed { .. } => "answer_proposed",
            Event::AnswerSentBack { .. } => "answer_sent_back",
            Event::LetterAnswered { .. } => "letter_answered",
            Event::AnswerOpened => "answer_opened",
            Event::LetterObjected { .. } => "letter_objected",
            Event::ObjectionRaised { .. } => "objection_raised",
            Event::ObjectionUpheld { .. } => "objection_upheld",
            Event::LetterReconsidered { .. } => "letter_reconsidered",
            Event::LetterRated { .. } => "letter_rated",
            Event::LetterClosed => "letter_closed",
            Event::LetterReopened { .. } => "letter_reopened",
            Event::LetterEscalated { .. } => "letter_escalated",
            Event::LettersRelated { .. } => "letters_related",
            Event::LettersUnrelated { .. } => "letters_unrelated",
            Event::MobileShown => "mobile_shown",
            Event::SenderRepresented { .. } => "sender_represented",
            Event::RepresentationRenewed { .. } => "representation_renewed",
            Event::RepresentationEnded => "representation_ended",
            Event::LetterFiledForSender { .. } => "letter_filed_for_sender",
            Event::SenderAsleep { .. } => "sender_asleep",
            Event::SenderWoken => "sender_woken",
            Event::SenderNumberChanged { .. } => "sender_number_changed",
        }
    }
}
