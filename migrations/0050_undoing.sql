-- Taking back what a unit, or the signer above it, decided a moment ago.

-- What a letter was just before such a decision, by the columns of its state. Kept for an hour.
create table former_states (
    organisation_id text not null,
    letter_id text not null,
    -- Which version of the letter it was; the decision made the next one.
    version bigint not null,
    decided text not null,
    staff_id text not null,
    at bigint not null,
    -- When the letter's sender first saw what was decided.
    seen_at bigint,
    undone_at bigint,
    state text not null,
    submitted_at bigint,
    receipt_code text,
    body_sha256 text,
    review_due_at bigint,
    files_until_at bigint,
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
    proposed_at bigint,
    proposed_by text,
    answered_at bigint,
    answered_by text,
    answer_text text,
    answer_number text,
    answer_number_direction text,
    answer_opened_at bigint,
    objection_until_at bigint,
    objected_at bigint,
    objection_text text,
    objection_due_at bigint,
    primary key (organisation_id, letter_id, version)
);
create index former_states_by_time on former_states (organisation_id, at);

-- Since when the draft is an answer. It is kept for an hour, for an answer that is taken back.
alter table answer_drafts add column given_at bigint;

-- When its sender first had a message of the house before them; what was there before is taken for read.
alter table messages add column read_at bigint;
update messages set read_at = at;
create index messages_unread on messages (organisation_id, letter_id) where read_at is null;
