-- What letters are found by, on SQLite. The one migration with two texts: crates/store/src/migrate.rs says why.

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
create unique index search_places_by_place on search_places (place);

-- By place. It holds lists of places and no text of any letter; `_`, `^`, `@`, `#` and `-` begin or join tokens that nobody types.
create virtual table search_tokens using fts5 (
    tokens, content = '', contentless_delete = 1, detail = none, tokenize = "ascii tokenchars '_^@#-'"
);
