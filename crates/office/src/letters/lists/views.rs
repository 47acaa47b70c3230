//! The views of the tray in SQL: which letters each has, what a sieve lets through, a page of it and how many there are.
//!
//! Every statement has the same parameters: `$1` the organisation, `$2` the member of staff, `$3` and `$4` the place after which the
//! page begins, `$5` the most rows, `$6` the moment before which something is due, and from `$7` on the sieve.

/// The deadline that the house has for the letter `l` in its state.
macro_rules! due {
    () => {
        "coalesce(case l.state when 'submitted' then l.review_due_at when 'objected' then l.objection_due_at
                  else l.answer_due_at end, 0)"
    };
}

/// That the house owes something for the letter `l` that is due before `$6`.
macro_rules! owed {
    () => {
        concat!(
            "l.state in ('submitted', 'registered', 'in_progress', 'answer_review', 'objected') and ",
            due!(),
            " < $6"
        )
    };
}

/// The posts of `$2` by which the letter is theirs to work on.
macro_rules! my_posts {
    ($role:literal, $unit:literal) => {
        concat!(
            "exists (select 1 from posts p where p.organisation_id = l.organisation_id and p.staff_id = $2
               and p.ended_at is null and p.role = '",
            $role,
            "' and p.unit_id = ",
            $unit,
            ")"
        )
    };
}

/// Which letters a view has.
macro_rules! condition {
    (review) => {
        "l.state = 'submitted' and (l.reviewer_id = '' or l.reviewer_id = $2
           or not exists (select 1 from posts p where p.organisation_id = l.organisation_id and p.staff_id = $2
                            and p.ended_at is null and p.role = 'reviewer'))"
    };
    (near) => {
        owed!()
    };
    (late) => {
        concat!(owed!(), " and ", my_posts!("signer", "l.escalated_to_unit_id"))
    };
    (waiting) => {
        "l.state in ('returned', 'awaiting_sender')"
    };
    (referred) => {
        "exists (select 1 from referrals r
                 where r.organisation_id = l.organisation_id and r.letter_id = l.id and r.done_at is null
                   and r.sent_back_at is null
                   and (r.purpose = 'information'
                        or l.state in ('registered', 'in_progress', 'awaiting_sender', 'answer_review', 'objected'))
                   and (r.to_staff_id = $2
                        or (r.to_staff_id = ''
                            and exists (select 1 from posts p
                                        where p.organisation_id = r.organisation_id and p.staff_id = $2
                                          and p.ended_at is null and p.unit_id = r.to_unit_id
                                          and p.role in ('officer', 'signer')))))"
    };
    (unit) => {
        concat!(
            "(l.state = 'registered' or (l.state = 'in_progress' and l.officer_id is null)) and (",
            my_posts!("officer", "l.holder_unit_id"),
            " or exists (select 1 from posts p where p.organisation_id = l.organisation_id and p.staff_id = $2
                 and p.ended_at is null and p.role = 'auditor'))"
        )
    };
    (mine) => {
        "l.state in ('in_progress', 'awaiting_sender', 'answer_review') and l.officer_id = $2"
    };
    (signature) => {
        concat!("l.state = 'answer_review' and ", my_posts!("signer", "l.holder_unit_id"))
    };
    (objections) => {
        concat!("l.state = 'objected' and ", my_posts!("signer", "l.raised_to_unit_id"))
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
             and ($10 = 0 or (l.state in ('submitted', 'registered', 'in_progress', 'answer_review', 'objected') and ",
            due!(),
            " < $10))
             and ($11 = '' or l.sender_name like $11 escape '!')
             and coalesce(l.submitted_at, 0) >= $12 and coalesce(l.submitted_at, 0) < $13 and $6 <> 0"
        )
    };
}

/// A page of a view whose place is told by that column, the smallest first.
macro_rules! page_of {
    ($view:ident, $key:expr) => {
        concat!(
            "select ",
            card_columns!(),
            " from letters l left join units u on u.organisation_id = l.organisation_id and u.id = l.unit_id
              where l.organisation_id = $1 and ",
            condition!($view),
            " and (",
            $key,
            ", l.id) > ($3, $4) and ",
            sieved!(),
            " and ",
            sight!(),
            " order by ",
            $key,
            ", l.id limit $5"
        )
    };
}

/// How many letters a view has, as far as they are counted.
macro_rules! count_of {
    ($view:ident) => {
        concat!(
            "select count(*) from (select l.id from letters l where l.organisation_id = $1 and ",
            condition!($view),
            " and $3 = $3 and $4 = $4 and ",
            sieved!(),
            " and ",
            sight!(),
            " limit $5) counted"
        )
    };
}

pub(super) use {condition, count_of, due, my_posts, owed, page_of, sieved};
