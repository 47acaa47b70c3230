//! What the house owes for the letter `l`, in SQL. `State::due` says the same of a letter that was read, and `deadlines::is_overdue`
//! what it means when that moment has passed: before now. The test `overdue` holds them together.

/// That the house owes a step.
macro_rules! owed {
    () => {
        "l.state in ('submitted', 'registered', 'in_progress', 'answer_review', 'objected')"
    };
}

/// By when it owes it; of what it owes nothing for, when it last did. An index on the expression serves whoever writes it so.
macro_rules! due {
    () => {
        "(case when l.state = 'submitted' then l.review_due_at when l.state = 'objected' then l.objection_due_at
               else l.answer_due_at end)"
    };
}

pub(crate) use {due, owed};
