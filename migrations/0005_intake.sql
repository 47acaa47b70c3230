-- Intake that can be trusted: bytes under their hash, what was found in them, uploads that go on, and files that follow a letter.

-- The bytes of files, one row for each content of an organisation, however many files have it.
create table blobs (
    organisation_id text not null,
    sha256 text not null,
    size bigint not null,
    kind text not null,
    -- What in it is active, as words with a space between.
    flags text not null,
    stored_at bigint not null,
    -- When it was last brought or named. Without a name for a day, it goes.
    kept_at bigint not null,
    -- When its removal began; from then on nobody may name it.
    going_at bigint,
    -- off, waiting, clean, infected
    scan text not null,
    scan_due_at bigint,
    scan_said text,
    -- none, waiting, made, broken
    preview text not null,
    -- A claim moves it on, as in the outbox.
    preview_due_at bigint,
    preview_tries bigint not null,
    pages_made bigint not null,
    pages_in_all bigint not null,
    primary key (organisation_id, sha256)
);
create index blobs_unnamed on blobs (organisation_id, kept_at);
create index blobs_to_scan on blobs (scan_due_at) where scan = 'waiting';
create index blobs_to_preview on blobs (preview_due_at) where preview = 'waiting';
create index files_by_blob on files (organisation_id, sha256);

-- When we bound it from the photos of its letter.
alter table files add column bound_at bigint;

-- The sender said in the draft that files will follow; and until when they may, once it is submitted.
alter table letters add column files_promised_at bigint;
alter table letters add column files_until_at bigint;

-- Files on their way in pieces (tus), under the letter that they are for.
create table uploads (
    organisation_id text not null,
    id text not null,
    sender_id text not null,
    letter_id text not null,
    -- Of the program that sends: the same again, because our answer was lost, is the same upload.
    token text not null,
    name text not null,
    -- What the program said of the file, as it said it.
    metadata text not null,
    size bigint not null,
    -- How many bytes have come and are durable.
    arrived bigint not null,
    created_at bigint not null,
    expires_at bigint not null,
    -- Since when the letter has the file, and which it is, unless it had the same one before.
    finished_at bigint,
    file_id text,
    primary key (organisation_id, id)
);
create unique index uploads_by_token on uploads (organisation_id, letter_id, token);
create index uploads_by_expiry on uploads (organisation_id, expires_at);

-- Their pieces on the shelf. The row comes before the bytes and goes after them, so that none lie there unknown.
create table upload_pieces (
    organisation_id text not null,
    id text not null,
    upload_id text not null,
    begins_at bigint not null,
    size bigint not null,
    written_at bigint not null,
    -- Null: still on its way, or too late since another was first.
    counted_at bigint,
    primary key (organisation_id, id)
);
create index upload_pieces_by_upload on upload_pieces (organisation_id, upload_id, begins_at);
create index upload_pieces_by_age on upload_pieces (organisation_id, written_at);
