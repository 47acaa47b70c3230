-- Texts that people sent to our lines, so that one that is told twice does nothing twice. Neither their number nor their words are kept.

create table incoming_texts (
    -- Whose route it came by; '' has those of the house.
    organisation_id text not null,
    route_id text not null,
    -- The gateway's own id of it; where it has none, a seal of who wrote what.
    mark text not null,
    at bigint not null,
    -- What came of it, a word of incoming/reply.rs: status, confirm, withdrawn, rated, …
    outcome text not null,
    primary key (organisation_id, route_id, mark)
);

create index incoming_texts_by_age on incoming_texts (organisation_id, at);
