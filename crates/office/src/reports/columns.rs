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

/// For which reason of the list it was rejected; empty for another one.
macro_rules! reason {
    () => {
        "coalesce((select min(r.id) from reasons r
                   where r.organisation_id = l.organisation_id
                     and (r.short = l.reason_short or (r.short_english = l.reason_short and r.short_english <> ''))), '')"
    };
}

pub(super) use {acting_unit, outcome, reason};
