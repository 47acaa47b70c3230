//! The views of the tray, and each in SQL: which letters it has, by what it is ordered where no column tells, and what a sieve lets through.
//! Their parameters are those of the statements in `pages`.

/// Which of the desk's letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tray {
    /// Waiting for review, oldest due first.
    Review,
    /// Nearly due or overdue, wherever this person sees it; or what it was referred to them for is.
    Near,
    /// Waiting for its sender's papers or reply.
    Waiting,
    /// Referred to me or my units and not done.
    Referred,
    /// Registered, or referred here, and in nobody's hand in my units yet.
    Untaken,
    /// With my units and not done, whoever has it in hand.
    Unit,
    /// With something new: messages of its sender that nobody of my units has read, whatever its state, of a unit in which nobody works
    /// for whoever reviews; and what came back to me.
    Messages,
    /// In my hand.
    Mine,
    /// Answers that wait for my signature.
    Signature,
    /// Objections that were raised to me.
    Objections,
    /// Overdue in a unit below mine, objections of mine apart.
    Late,
    /// Answered or ended, or decided and gone on to others, newest first.
    Done,
}

/// That the house owes something for the letter `l` that is due before `$6`.
macro_rules! owed_before {
    () => {
        concat!(owed!(), " and ", due!(), " < $6")
    };
}

/// The units in which `$2` has such a post.
macro_rules! my_units {
    ($roles:literal) => {
        concat!(
            "(select p.unit_id from posts p where p.organisation_id = $1 and p.staff_id = $2 and p.ended_at is null
                and p.role in (",
            $roles,
            "))"
        )
    };
}

/// The letters in those states that somebody may see who is neither reviewer nor auditor, and perhaps some more: found from their
/// units, however many letters the others have.
macro_rules! around_me {
    ($states:literal) => {
        concat!(
            "l.id in (select h.id from letters h where h.organisation_id = $1 and h.state in (",
            $states,
            ") and h.holder_unit_id in ",
            my_units!("'officer', 'signer'"),
            " union all select h.id from letters h where h.organisation_id = $1 and h.state in (",
            $states,
            ") and h.unit_id in ",
            my_units!("'officer', 'signer'"),
            " union all select h.id from letters h where h.organisation_id = $1 and h.state in (",
            $states,
            ") and h.raised_to_unit_id is not null and h.raised_to_unit_id in ",
            my_units!("'signer'"),
            " union all select h.id from letters h where h.organisation_id = $1 and h.state in (",
            $states,
            ") and h.escalated_to_unit_id is not null and h.escalated_to_unit_id in ",
            my_units!("'signer'"),
            " union all select r.letter_id from referrals r where r.organisation_id = $1 and r.to_staff_id = $2 and ",
            since_oldest!($states),
            " union all select r.letter_id from referrals r where r.organisation_id = $1 and r.to_staff_id = ''
                and r.to_unit_id in ",
            my_units!("'officer', 'signer'"),
            " and ",
            since_oldest!($states),
            ")"
        )
    };
}

/// That the referral `r` is not older than every letter in those states: a letter came before it was referred, so what a unit was
/// referred in ten years is not looked through for what is open. Of a plain `min` PostgreSQL would walk all letters from the oldest on
/// until it comes to one of them.
macro_rules! since_oldest {
    ($states:literal) => {
        concat!(
            "r.at >= (select coalesce(min(o.submitted_at + 0), 0) from letters o where o.organisation_id = $1 and o.state in (",
            $states,
            "))"
        )
    };
}

/// The states in which a unit has not done with a letter that it holds.
macro_rules! with_unit {
    () => {
        "l.state in ('registered', 'in_progress', 'awaiting_sender', 'answer_review', 'objected')"
    };
}

/// That nothing is left for the house to do, unless somebody comes back to it.
macro_rules! over {
    () => {
        "l.state in ('answered', 'rejected', 'withdrawn', 'lapsed', 'closed')"
    };
}

/// Which letters a view has.
macro_rules! condition {
    (review) => {
        "l.state = 'submitted' and (l.reviewer_id = '' or l.reviewer_id = $2
           or not exists (select 1 from posts p where p.organisation_id = $1 and p.staff_id = $2
                            and p.ended_at is null and p.role = 'reviewer'))"
    };
    (near) => {
        owed_before!()
    };
    (near_me) => {
        concat!(
            "(",
            owed_before!(),
            " or ",
            near_to_me!(),
            ") and ",
            around_me!("'submitted', 'registered', 'in_progress', 'awaiting_sender', 'answer_review', 'objected'")
        )
    };
    // The letters are found on both ways first, so that neither goes through all that are open.
    (near_and_mine) => {
        concat!(
            "(",
            owed_before!(),
            " or ",
            near_to_me!(),
            ") and l.id in (select l.id from letters l where l.organisation_id = $1 and ",
            owed_before!(),
            " union all select mine.letter_id from ",
            referred_to_me!(" and r.due_at < $6"),
            " as mine)"
        )
    };
    (late) => {
        concat!(
            owed_before!(),
            " and l.escalated_to_unit_id is not null and l.escalated_to_unit_id in ",
            my_units!("'signer'"),
            // An objection of theirs stands among the objections.
            " and (l.state <> 'objected' or l.raised_to_unit_id not in ",
            my_units!("'signer'"),
            ")"
        )
    };
    (waiting) => {
        "l.state in ('returned', 'awaiting_sender')"
    };
    (waiting_for_me) => {
        concat!("l.state in ('returned', 'awaiting_sender') and ", around_me!("'returned', 'awaiting_sender'"))
    };
    (referred) => {
        concat!(
            "l.id in ",
            referred_to_me!(""),
            " and (l.state in ('registered', 'in_progress', 'awaiting_sender', 'answer_review', 'objected') or l.id in ",
            referred_to_me!(" and r.purpose = 'information'"),
            ")"
        )
    };
    (untaken) => {
        concat!(
            "l.state in ('registered', 'in_progress') and (l.state = 'registered' or l.officer_id is null)
             and l.holder_unit_id in ",
            my_units!("'officer', 'signer'")
        )
    };
    (every_untaken) => {
        "l.state in ('registered', 'in_progress') and (l.state = 'registered' or l.officer_id is null)"
    };
    // What no unit holds isn't the organisation's, whoever signs for it as a whole.
    (unit) => {
        concat!(with_unit!(), " and l.holder_unit_id <> '' and l.holder_unit_id in ", my_units!("'officer', 'signer'"))
    };
    (every_unit) => {
        with_unit!()
    };
    (messages) => {
        anew!()
    };
    (mine) => {
        "l.state in ('in_progress', 'awaiting_sender', 'answer_review') and l.officer_id = $2"
    };
    (signature) => {
        concat!("l.state = 'answer_review' and l.holder_unit_id in ", my_units!("'signer'"))
    };
    (objections) => {
        concat!("l.state = 'objected' and l.raised_to_unit_id in ", my_units!("'signer'"))
    };
    (late_elsewhere) => {
        elsewhere!(late)
    };
    (referred_elsewhere) => {
        elsewhere!(referred)
    };
    (mine_to_sign) => {
        concat!(condition!(mine), " and ", condition!(signature))
    };
    // The first part is the condition of the index that begins with the newest.
    (done) => {
        concat!(
            "l.state not in ('submitted', 'draft') and (",
            over!(),
            " or (l.state not in ('returned', 'awaiting_sender') and l.holder_unit_id not in ",
            my_units!("'officer', 'signer'"),
            " and (l.state <> 'objected' or l.raised_to_unit_id not in ",
            my_units!("'signer'"),
            ") and (l.escalated_to_unit_id is null or l.escalated_to_unit_id not in ",
            my_units!("'signer'"),
            ") and l.id not in ",
            referred_to_me!(""),
            "))"
        )
    };
    (every_done) => {
        concat!("l.state not in ('submitted', 'draft') and ", over!())
    };
}

/// What a sieve lets through.
macro_rules! sieved {
    ($view:ident) => {
        concat!(
            "($7 = '' or l.unit_id = $7 or l.holder_unit_id = $7) and ($8 = '' or l.state = $8)
             and ($9 = 0 or exists (select 1 from files f where f.organisation_id = l.organisation_id and f.letter_id = l.id
                                      and f.part = 'letter' and f.removed_at is null))
             and ($10 = 0 or (",
            overdue!($view),
            "))
             and ($11 = '' or l.sender_folded like $11 escape '!' or l.sender_name like $16 escape '!')
             and ($12 = 0 or coalesce(l.submitted_at, 0) >= $12) and ($13 = 0 or coalesce(l.submitted_at, 0) < $13)
             and ($15 < 0 or l.priority = $15)
             and $6 <> 0"
        )
    };
}

pub(super) use {around_me, condition, my_units, over, owed_before, sieved, since_oldest, with_unit};
