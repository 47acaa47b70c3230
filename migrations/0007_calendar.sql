-- Deadlines by a working calendar: weeks and closures with the days on which they hold, kinds of letters, and terms for each step.
-- Days are Jalali dates as numbers: 14050101. An empty unit or kind stands for all.

-- Which days of the week are worked and when, from a day until a day. Of several the last to begin holds, and a unit's before all.
create table working_weeks (
    organisation_id text not null,
    unit_id text not null,
    from_day bigint not null,
    until_day bigint,
    -- From Saturday on: w worked whole, h half, o off.
    days text not null,
    -- Minutes after midnight.
    opens bigint not null,
    closes bigint not null,
    half_closes bigint not null,
    primary key (organisation_id, unit_id, from_day)
);

-- Holidays and sudden closures, as somebody has said them.
create table closures (
    organisation_id text not null,
    unit_id text not null,
    day bigint not null,
    -- whole, half
    closed text not null,
    reason text not null,
    primary key (organisation_id, unit_id, day)
);

create table letter_kinds (
    organisation_id text not null,
    id text not null,
    name text not null,
    name_english text not null,
    position bigint not null,
    archived_at bigint,
    primary key (organisation_id, id)
);

create table terms (
    organisation_id text not null,
    unit_id text not null,
    kind_id text not null,
    -- review, answer, completion, reply, objection, ruling
    step text not null,
    amount bigint not null,
    -- days, hours
    measure text not null,
    -- The law or rule that it comes from, as senders read it.
    basis text not null,
    primary key (organisation_id, unit_id, kind_id, step)
);

-- The days of units become terms. Their columns stay for servers of the version before, and nobody reads them any more.
insert into terms (organisation_id, unit_id, kind_id, step, amount, measure, basis)
select organisation_id, id, '', 'review', review_days, 'days', '' from units where review_days is not null;
insert into terms (organisation_id, unit_id, kind_id, step, amount, measure, basis)
select organisation_id, id, '', 'answer', answer_days, 'days', '' from units where answer_days is not null;

-- What a unit decided lately, for what it usually needs.
create index letters_decided on letters (organisation_id, unit_id, (coalesce(registered_at, rejected_at)));

-- Whose signer was told that the letter is late: one level up. Null: nobody; empty: the organisation's as a whole.
alter table letters add column escalated_to_unit_id text;
create index letters_escalated on letters (organisation_id, escalated_to_unit_id) where escalated_to_unit_id is not null;
create index letters_to_answer on letters (organisation_id, answer_due_at, id)
    where state in ('registered', 'in_progress', 'answer_review');
create index letters_to_rule on letters (organisation_id, objection_due_at, id) where state = 'objected';
