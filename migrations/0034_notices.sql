-- Notices: what an organisation says of the messages that it sends. A kind without a row is sent in the words of locales.

create table notices (
    organisation_id text not null,
    -- A name of dispatch/kinds.rs.
    kind text not null,
    is_off bigint not null,
    -- Words of its own, with places such as {number}; empty: those of locales.
    persian text not null,
    english text not null,
    changed_at bigint not null,
    changed_by text not null,
    primary key (organisation_id, kind)
);
