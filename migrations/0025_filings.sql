-- Letters that a clerk is writing down at the counter for somebody who came, until they are filed.
create table filings (
    organisation_id text not null,
    letter_id text not null,
    staff_id text not null,
    -- Empty: the person has none.
    mobile text not null,
    -- The form's, so that a double click makes one.
    token text not null,
    begun_at bigint not null,
    primary key (organisation_id, letter_id)
);
create unique index filings_by_token on filings (organisation_id, staff_id, token);
