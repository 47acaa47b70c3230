-- Organisations, the hosts they answer under, their units, registers and reasons.
-- Columns are text and bigint only; times are milliseconds; every key begins with organisation_id.

create table organisations (
    organisation_id text not null,
    name text not null,
    name_english text not null,
    base_url text not null,
    created_at bigint not null,
    primary key (organisation_id)
);

create table hosts (
    organisation_id text not null,
    host text not null,
    primary key (organisation_id, host)
);
-- A host belongs to one organisation over all: this index is what makes two answers impossible.
create unique index hosts_by_host on hosts (host);

create table registers (
    organisation_id text not null,
    id text not null,
    name text not null,
    template text not null,
    prefix text not null,
    direction text not null,
    archived_at bigint,
    primary key (organisation_id, id)
);

-- One row per register and Jalali year: the row is locked by the transaction that takes a number.
create table counters (
    organisation_id text not null,
    register_id text not null,
    year bigint not null,
    last_number bigint not null,
    last_taken_at bigint not null,
    primary key (organisation_id, register_id, year)
);

-- The indicator book: one row for each number ever taken.
create table entries (
    organisation_id text not null,
    register_id text not null,
    year bigint not null,
    number bigint not null,
    printed text not null,
    letter_id text not null,
    registered_at bigint not null,
    registered_by text not null,
    primary key (organisation_id, register_id, year, number)
);
create unique index entries_by_letter on entries (organisation_id, letter_id);

create table units (
    organisation_id text not null,
    id text not null,
    name text not null,
    name_english text not null,
    code text not null,
    register_id text not null,
    review_days bigint,
    answer_days bigint,
    position bigint not null,
    archived_at bigint,
    primary key (organisation_id, id)
);

create table reasons (
    organisation_id text not null,
    id text not null,
    short text not null,
    short_english text not null,
    help text not null,
    position bigint not null,
    archived_at bigint,
    primary key (organisation_id, id)
);
