//! Pieces of statements about a letter `l` that figures and lists must share to the letter: a figure is true only while both mean
//! the same, and an index on an expression serves only whoever writes it in the same way.

/// The unit that acts on it: the one that holds it, and before registration its addressee.
macro_rules! acting_unit {
    () => {
        "(case when l.holder_unit_id = '' then l.unit_id else l.holder_unit_id end)"
    };
}

/// What has become of it, by the words of [`super::Outcome`].
macro_rules! outcome {
    () => {
        "(case when l.state = 'submitted' then 'waiting'
               when l.state = 'returned' then 'returned'
               when l.state in ('withdrawn', 'lapsed') then 'ended'
               when l.state = 'rejected' or (l.state = 'objected' and l.registered_at is null) then 'rejected'
               else 'accepted' end)"
    };
}

/// For which reason of the list it was rejected; empty for another one. Of several with the same words it is the first that there was, so that
/// one which is added later takes no letters out of the figures of the one before.
macro_rules! reason {
    () => {
        "coalesce((select r.id from reasons r
                   where r.organisation_id = l.organisation_id
                     and (r.short = l.reason_short or (r.short_english = l.reason_short and r.short_english <> ''))
                   order by r.position, r.id limit 1), '')"
    };
}

/// Whether a unit is the one that is asked for: `$6`, empty for any; `mine` for those in which the reader has a post, `$2`.
macro_rules! is_asked_unit {
    ($($unit:tt)+) => {
        concat!(
            "($6 = '' or $6 = ",
            $($unit)+,
            " or ($6 = 'mine' and ",
            $($unit)+,
            " in (select p.unit_id from posts p
                  where p.organisation_id = $1 and p.staff_id = $2 and p.ended_at is null and p.role in ('officer', 'signer'))))"
        )
    };
}

pub(super) use {acting_unit, is_asked_unit, outcome, reason};
