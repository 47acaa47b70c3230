//! The views of the tray in SQL: which letters each has, what a sieve lets through, a page of it and how many there are.
//!
//! Every statement has the same parameters: `$1` the organisation, `$2` the member of staff, `$3`, `$14` and `$4` the spot after which
//! the page begins, `$5` the most rows, `$6` the moment before which something is due, `$7` to `$13`, `$15` and `$16` the sieve, and
//! `$17` how deep it goes.

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
            " union select h.id from letters h where h.organisation_id = $1 and h.state in (",
            $states,
            ") and h.unit_id in ",
            my_units!("'officer', 'signer'"),
            " union select h.id from letters h where h.organisation_id = $1 and h.state in (",
            $states,
            ") and h.raised_to_unit_id is not null and h.raised_to_unit_id in ",
            my_units!("'signer'"),
            " union select h.id from letters h where h.organisation_id = $1 and h.state in (",
            $states,
            ") and h.escalated_to_unit_id is not null and h.escalated_to_unit_id in ",
            my_units!("'signer'"),
            " union select r.letter_id from referrals r where r.organisation_id = $1 and r.to_staff_id = $2 and ",
            since_oldest!($states),
            " union select r.letter_id from referrals r where r.organisation_id = $1 and r.to_staff_id = ''
                and r.to_unit_id in ",
            my_units!("'officer', 'signer'"),
            " and ",
            since_oldest!($states),
            ")"
        )
    };
}

/// That the referral `r` is not older than every letter in those states: a letter came before it was referred, so what a unit was
/// referred in ten years is not looked through for what is open.
macro_rules! since_oldest {
    ($states:literal) => {
        concat!(
            "r.at >= (select coalesce(min(o.submitted_at), 0) from letters o where o.organisation_id = $1 and o.state in (",
            $states,
            "))"
        )
    };
}

/// The letters that were referred to `$2`, or to a unit of theirs, and wait for them.
macro_rules! referred_to_me {
    ($more:literal) => {
        concat!(
            "(select r.letter_id from referrals r where r.organisation_id = $1 and r.to_staff_id = $2
                and r.done_at is null and r.sent_back_at is null",
            $more,
            " union select r.letter_id from referrals r where r.organisation_id = $1 and r.to_staff_id = ''
                and r.done_at is null and r.sent_back_at is null",
            $more,
            " and r.to_unit_id in ",
            my_units!("'officer', 'signer'"),
            ")"
        )
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
        concat!(owed_before!(), " and ", around_me!("'submitted', 'registered', 'in_progress', 'answer_review', 'objected'"))
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
    (unit) => {
        concat!(
            "l.state in ('registered', 'in_progress') and (l.state = 'registered' or l.officer_id is null)
             and (l.holder_unit_id in ",
            my_units!("'officer', 'signer'"),
            ")"
        )
    };
    (every_unit) => {
        "l.state in ('registered', 'in_progress') and (l.state = 'registered' or l.officer_id is null)"
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
        concat!(
            condition!(late),
            " and ((l.state = 'submitted' and (l.reviewer_id = '' or l.reviewer_id = $2)
                    and exists (select 1 from posts p where p.organisation_id = $1 and p.staff_id = $2
                                  and p.ended_at is null and p.role = 'reviewer'))
                   or (",
            condition!(unit),
            ") or (",
            condition!(mine),
            ") or (",
            condition!(signature),
            "))"
        )
    };
    (mine_to_sign) => {
        concat!(condition!(mine), " and ", condition!(signature))
    };
    (done) => {
        "l.state not in ('submitted', 'draft')"
    };
}

/// What a sieve lets through.
macro_rules! sieved {
    () => {
        concat!(
            "($7 = '' or l.unit_id = $7 or l.holder_unit_id = $7) and ($8 = '' or l.state = $8)
             and ($9 = 0 or exists (select 1 from files f where f.organisation_id = l.organisation_id and f.letter_id = l.id
                                      and f.part = 'letter' and f.removed_at is null))
             and ($10 = 0 or (",
            owed!(),
            " and ",
            due!(),
            " < $10))
             and ($11 = '' or l.sender_folded like $11 escape '!' or l.sender_name like $16 escape '!')
             and ($12 = 0 or coalesce(l.submitted_at, 0) >= $12) and ($13 = 0 or coalesce(l.submitted_at, 0) < $13)
             and ($15 < 0 or l.priority = $15)
             and $6 <> 0"
        )
    };
}

/// How deep a sieve goes in a view that grows without end: the others have no bound.
macro_rules! bounded {
    (done, $way:literal) => {
        concat!(" and -l.changed_at ", $way, " $17")
    };
    ($view:ident, $way:literal) => {
        " and $17 = $17"
    };
}

/// A page of a view whose spots are told by those two columns, the smallest first. Which letters it has is decided before anything
/// else of them is read. The first column is compared by itself, too: SQLite finds a spot in an index on an expression by that only.
macro_rules! page_of {
    ($view:ident, $key:expr, $arrived:expr) => {
        concat!(
            "select ",
            card_columns!(),
            " from letters l left join units u on u.organisation_id = l.organisation_id and u.id = l.unit_id
              where l.organisation_id = $1 and l.id in (select l.id from letters l where l.organisation_id = $1 and ",
            condition!($view),
            bounded!($view, "<="),
            " and ",
            $key,
            " >= $3 and (",
            $key,
            ", ",
            $arrived,
            ", l.id) > ($3, $14, $4) and ",
            sieved!(),
            " and ",
            sight!(),
            " order by ",
            $key,
            ", ",
            $arrived,
            ", l.id limit $5) order by ",
            $key,
            ", ",
            $arrived,
            ", l.id"
        )
    };
}

/// The spots of a view up to this one and with it, the nearest first.
macro_rules! spots_of {
    ($view:ident, $key:expr, $arrived:expr) => {
        concat!(
            "select ",
            $key,
            " as stands_at, ",
            $arrived,
            " as arrived, l.id from letters l where l.organisation_id = $1 and ",
            condition!($view),
            bounded!($view, ">="),
            " and ",
            $key,
            " <= $3 and (",
            $key,
            ", ",
            $arrived,
            ", l.id) <= ($3, $14, $4) and ",
            sieved!(),
            " and ",
            sight!(),
            " order by ",
            $key,
            " desc, ",
            $arrived,
            " desc, l.id desc limit $5"
        )
    };
}

/// How many letters a view has, as far as they are counted.
macro_rules! count_of {
    ($view:ident) => {
        concat!(
            "select count(*) from (select l.id from letters l where l.organisation_id = $1 and ",
            condition!($view),
            bounded!($view, "<="),
            " and $3 = $3 and $4 = $4 and $14 = $14 and ",
            sieved!(),
            " and ",
            sight!(),
            " limit $5) counted"
        )
    };
}

pub(super) use {
    around_me, bounded, condition, count_of, my_units, owed_before, page_of, referred_to_me, sieved, since_oldest,
    spots_of,
};
