//! What waits for somebody in more than one view, in SQL, so that it is counted once. The parameters are those of the statements in
//! `pages`.

/// That the letter `l` waits for `$2` in a view of what is theirs to do. Without a post by which one works, its view counts for nothing
/// there.
macro_rules! to_do {
    () => {
        concat!(
            "((l.state = 'submitted' and (l.reviewer_id = '' or l.reviewer_id = $2)
               and exists (select 1 from posts p where p.organisation_id = $1 and p.staff_id = $2
                             and p.ended_at is null and p.role = 'reviewer'))
              or (exists (select 1 from posts p where p.organisation_id = $1 and p.staff_id = $2
                            and p.ended_at is null and p.role = 'officer') and ",
            condition!(untaken),
            ") or (",
            condition!(mine),
            ") or (",
            condition!(signature),
            "))"
        )
    };
}

/// That what is late below `$2`, or was referred to them, waits for them in another view, too.
macro_rules! elsewhere {
    (late) => {
        concat!(condition!(late), " and ", to_do!())
    };
    (referred) => {
        concat!(
            condition!(referred),
            " and (",
            to_do!(),
            " or (",
            condition!(late),
            ") or (",
            condition!(objections),
            ") or (l.state = 'answered' and ",
            condition!(messages),
            "))"
        )
    };
}

pub(super) use {elsewhere, to_do};
