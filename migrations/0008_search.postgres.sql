-- What letters are found by, on PostgreSQL. The one migration with two texts: crates/store/src/migrate.rs says why.

create table search_places (
    organisation_id text not null,
    letter_id text not null,
    -- Where it stands among all findings: the moment of its submission, or the next one that was free.
    place bigint not null,
    -- The rules by which its tokens were made, and the version of the letter of which they tell.
    edition bigint not null,
    letter_version bigint not null,
    primary key (organisation_id, letter_id)
);
create unique index search_places_by_place on search_places (organisation_id, place);

create table search_tokens (
    organisation_id text not null,
    place bigint not null,
    tokens tsvector not null,
    primary key (organisation_id, place)
);
-- Without statistics of words the planner takes every search for a rare one, and always the index: with them it would walk whole
-- organisations for a word that was common last year.
alter table search_tokens alter column tokens set statistics 0;
-- A list of what is pending would be read by every search.
create index search_tokens_by_token on search_tokens using gin (tokens) with (fastupdate = off);
