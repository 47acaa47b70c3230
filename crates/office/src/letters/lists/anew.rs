//! What is new to somebody, in SQL: what was written to them, and what came back. The parameters are those of the statements in `pages`.

/// That there is something new in the letter `l` for `$2`: a message of its sender that nobody of their units has read, or, of a unit in
/// which nobody works, nobody who reviews; or it came back to them. Both are found first, each along an index of its own.
macro_rules! anew {
    () => {
        concat!(
            "l.id in (select l.id from messages m
                      join letters l on l.organisation_id = m.organisation_id and l.id = m.letter_id
                      where m.organisation_id = $1 and m.seen_at is null and (l.holder_unit_id in ",
            my_units!("'officer', 'signer'"),
            " or (exists (select 1 from posts p where p.organisation_id = $1 and p.staff_id = $2
                            and p.ended_at is null and p.role = 'reviewer') and ",
            left_alone!(),
            ")) union select l.id from letters l
                where l.organisation_id = $1 and l.came_back_at > 0 and l.came_back_by <> $2 and ",
            with_me!(),
            ")"
        )
    };
}

/// That `$2` has the letter `l`: as `came_back` says of a letter that was read.
macro_rules! with_me {
    () => {
        concat!(
            "((l.state = 'objected' and l.raised_to_unit_id in ",
            my_units!("'signer'"),
            ") or (l.state <> 'objected' and l.holder_unit_id = '' and (l.reviewer_id = '' or l.reviewer_id = $2)
               and exists (select 1 from posts p where p.organisation_id = $1 and p.staff_id = $2
                             and p.ended_at is null and p.role = 'reviewer'))
              or (l.state <> 'objected' and l.holder_unit_id <> '' and l.holder_unit_id in ",
            my_units!("'officer', 'signer'"),
            " and (l.state not in ('in_progress', 'awaiting_sender', 'answer_review') or l.officer_id is null
                   or l.officer_id = $2 or (l.state = 'answer_review' and l.holder_unit_id in ",
            my_units!("'signer'"),
            "))))"
        )
    };
}

/// Since when: the oldest message that the house has not read, or else what came back.
macro_rules! new_since {
    () => {
        "coalesce((select min(m.at) from messages m
                   where m.organisation_id = $1 and m.letter_id = l.id and m.seen_at is null), l.came_back_at, 0)"
    };
}

pub(super) use {anew, new_since, with_me};
