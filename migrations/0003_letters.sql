-- Letters in every state, their files, and the events from which each state can be told.

create table letters (
    organisation_id text not null,
    id text not null,
    sender_id text not null,
    state text not null,
    version bigint not null,
    unit_id text not null,
    sender_name text not null,
    sender_kind text not null,
    subject text not null,
    body text not null,
    token text not null,
    created_at bigint not null,
    changed_at bigint not null,
    submitted_at bigint,
    receipt_code text,
    body_sha256 text,
    review_due_at bigint,
    registered_at bigint,
    registered_by text,
    number_printed text,
    number_direction text,
    tracking_code text,
    answer_due_at bigint,
    rejected_at bigint,
    rejected_by text,
    reason_short text,
    reason_note text,
    taken_at bigint,
    officer_id text,
    answered_at bigint,
    answered_by text,
    answer_text text,
    closed_at bigint,
    primary key (organisation_id, id)
);
create unique index letters_by_token on letters (organisation_id, sender_id, token);
create unique index letters_by_receipt on letters (organisation_id, receipt_code);
create unique index letters_by_tracking on letters (organisation_id, tracking_code);
create index letters_by_sender on letters (organisation_id, sender_id, created_at, id);
create index letters_in_review on letters (organisation_id, state, review_due_at, id);
create index letters_in_unit on letters (organisation_id, unit_id, state, answer_due_at, id);

create table files (
    organisation_id text not null,
    id text not null,
    letter_id text not null,
    part text not null,
    position bigint not null,
    name text not null,
    kind text not null,
    size bigint not null,
    sha256 text not null,
    stored_at bigint not null,
    removed_at bigint,
    primary key (organisation_id, id)
);
create index files_by_letter on files (organisation_id, letter_id, position);
-- For the sweeper: what was taken out of drafts, and whether anybody names the bytes.
create index files_removed on files (organisation_id, removed_at) where removed_at is not null;
create index files_by_id on files (id);

create table events (
    organisation_id text not null,
    letter_id text not null,
    sequence bigint not null,
    at bigint not null,
    actor_kind text not null,
    actor_id text not null,
    kind text not null,
    detail text not null,
    primary key (organisation_id, letter_id, sequence)
);
