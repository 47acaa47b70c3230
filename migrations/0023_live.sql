-- Who has a letter open: a mark from when they opened it, which is over a few minutes later.
create table presences (
    organisation_id text not null,
    letter_id text not null,
    staff_id text not null,
    opened_at bigint not null,
    primary key (organisation_id, letter_id, staff_id)
);
create index presences_by_time on presences (organisation_id, opened_at);
-- Since when this person wants no single keys at the desk. Null: they have them.
alter table staff add column keys_off_at bigint;
