//! What is asked of a view of the tray: a page of it, the spots before one, where a letter stands in it, and how many letters it has.
//!
//! Every statement has the same parameters: `$1` the organisation, `$2` the member of staff, `$3`, `$14` and `$4` the spot after which
//! the page begins, `$5` the most rows, `$6` the moment before which something is due, `$7` to `$13`, `$15` and `$16` the sieve, and
//! `$17` how deep it goes.

/// How deep a sieve goes in a view that grows without end: the others have no bound.
macro_rules! bounded {
    (done, $way:literal) => {
        concat!(" and -l.changed_at ", $way, " $17")
    };
    (every_done, $way:literal) => {
        bounded!(done, $way)
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
            ", coalesce((select s.name from staff s where s.organisation_id = l.organisation_id and s.id = l.officer_id), '')
                 as officer_name, l.came_back_at, l.came_back, l.came_back_by, ",
            own_due!($view),
            " as own_due, ",
            $key,
            " as stands_at, ",
            $arrived,
            " as arrived from letters l left join units u on u.organisation_id = l.organisation_id and u.id = l.unit_id
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
            sieved!($view),
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
            sieved!($view),
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

/// Where one letter stands in a view, if it is in it: the letter is the one of the spot.
macro_rules! spot_of {
    ($view:ident, $key:expr, $arrived:expr) => {
        concat!(
            "select ",
            $key,
            " as stands_at, ",
            $arrived,
            " as arrived, l.id from letters l where l.organisation_id = $1 and l.id = $4 and ",
            condition!($view),
            " and $3 = $3 and $14 = $14 and $17 = $17 and ",
            sieved!($view),
            " and ",
            sight!(),
            " limit $5"
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
            sieved!($view),
            " and ",
            sight!(),
            " limit $5) counted"
        )
    };
}

pub(super) use {bounded, count_of, page_of, spot_of, spots_of};
