-- The figures of the reports, which a round keeps up with the letters, and the ways to the letters behind a figure.

-- What was counted of each letter, so that it can be taken back when the letter moves on; `figures` is the sum of these.
create table counted_letters (
    organisation_id text not null,
    letter_id text not null,
    facts text not null,
    primary key (organisation_id, letter_id)
);

-- One row for each unit ('' for all together) and period: a Jalali day (14050901), a Jalali month (140509), or 0 for what is
-- open now. So a report reads the same number of rows, however many letters there are.
create table figures (
    organisation_id text not null,
    unit_id text not null,
    period bigint not null,
    counts text not null,
    primary key (organisation_id, unit_id, period)
);

-- How far the letters are counted: up to this change.
create table counted_until (
    organisation_id text not null,
    changed_at bigint not null,
    primary key (organisation_id)
);

-- Messages that went out on each Jalali day, those of them that are known to have arrived, and those that were given up then.
create table message_figures (
    organisation_id text not null,
    day bigint not null,
    sent bigint not null,
    delivered bigint not null,
    parked bigint not null,
    primary key (organisation_id, day)
);

-- When each book was last gone through as a whole, and what was missing in it then.
create table book_checks (
    organisation_id text not null,
    register_id text not null,
    year bigint not null,
    checked_at bigint not null,
    missing bigint not null,
    first_missing bigint,
    primary key (organisation_id, register_id, year)
);

create index letters_by_arrival on letters (organisation_id, submitted_at, id) where submitted_at is not null;
create index letters_by_decision on letters (organisation_id, coalesce(registered_at, rejected_at), id);
create index letters_by_answer on letters (organisation_id, answered_at, id) where answered_at is not null;
-- The few among many, which a reader of a report asks for: those that are not decided, were rejected, or were answered late.
create index letters_in_state on letters (organisation_id, state, submitted_at, id);
create index letters_by_rejection on letters (organisation_id, rejected_at, id) where rejected_at is not null;
create index letters_answered_late on letters (organisation_id, answered_at, id) where answered_at > answer_due_at;
-- What the house owes, by what is due next.
create index letters_by_due on letters
    (organisation_id,
     (case when state = 'submitted' then review_due_at when state = 'objected' then objection_due_at else answer_due_at end),
     id)
    where state in ('submitted', 'registered', 'in_progress', 'answer_review', 'objected');
create index outbox_by_sending on outbox (organisation_id, sent_at) where sent_at is not null;
create index outbox_by_parking on outbox (organisation_id, parked_at) where parked_at is not null;
