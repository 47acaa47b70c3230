//! What was referred to somebody, in SQL: which letters, and by when they are to do with them what it was for. The parameters are those
//! of the statements in `pages`.

/// The letters that were referred to `$2`, or to a unit of theirs, and wait for them.
macro_rules! referred_to_me {
    ($more:literal) => {
        concat!(
            "(select r.letter_id from referrals r where r.organisation_id = $1 and r.to_staff_id = $2
                and r.done_at is null and r.sent_back_at is null",
            $more,
            " union all select r.letter_id from referrals r where r.organisation_id = $1 and r.to_staff_id = ''
                and r.done_at is null and r.sent_back_at is null",
            $more,
            " and r.to_unit_id in ",
            my_units!("'officer', 'signer'"),
            ")"
        )
    };
}

/// That `$2` is to do something with the letter `l` before `$6`, whenever the letter itself is due. With a letter that is over nobody is
/// late.
macro_rules! near_to_me {
    () => {
        concat!("(", with_unit!(), " and l.id in ", referred_to_me!(" and r.due_at < $6"), ")")
    };
}

/// By when `$2` has to do with the letter what it was referred for, to them or to a unit of theirs; null when nobody said so, and in the
/// views of what is near, when the letter itself is due before that.
macro_rules! own_due {
    (referred) => {
        concat!(
            "(select min(r.due_at) from referrals r where r.organisation_id = $1 and r.letter_id = l.id and r.done_at is null
                and (r.to_staff_id = $2 or (r.to_staff_id = '' and r.to_unit_id in ",
            my_units!("'officer', 'signer'"),
            ")))"
        )
    };
    (near_me) => {
        concat!(
            "(select min(r.due_at) from referrals r where r.organisation_id = $1 and r.letter_id = l.id and r.done_at is null
                and r.due_at < $6 and (not (",
            owed!(),
            ") or r.due_at < ",
            due!(),
            ") and (r.to_staff_id = $2 or (r.to_staff_id = '' and r.to_unit_id in ",
            my_units!("'officer', 'signer'"),
            ")))"
        )
    };
    (near_and_mine) => {
        own_due!(near_me)
    };
    ($view:ident) => {
        "cast(null as bigint)"
    };
}

/// What is due first of a letter in the views of what is near: the letter, or what it was referred to `$2` for.
macro_rules! first_due {
    () => {
        concat!("coalesce(", own_due!(near_me), ", ", due!(), ")")
    };
}

/// That what a view shows of the letter `l` as due is over by `$10`.
macro_rules! overdue {
    (referred) => {
        concat!("coalesce(", own_due!(referred), ", case when ", owed!(), " then ", due!(), " end) < $10")
    };
    (near_me) => {
        concat!("(", owed!(), " and ", due!(), " < $10) or ", own_due!(near_me), " < $10")
    };
    (near_and_mine) => {
        overdue!(near_me)
    };
    ($view:ident) => {
        concat!(owed!(), " and ", due!(), " < $10")
    };
}

pub(super) use {first_due, near_to_me, overdue, own_due, referred_to_me};
