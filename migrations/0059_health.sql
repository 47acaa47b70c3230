-- Messages that a route turned away, so that one that refuses everybody is told from a message that nobody wants. Kept for an hour.
create table refusals (
    -- Whose message it is.
    organisation_id text not null,
    message_id text not null,
    route_id text not null,
    -- refused: it doesn't want the message; blocked: its recipient takes no such messages.
    kind text not null,
    -- When it last did so.
    at bigint not null,
    primary key (organisation_id, message_id, route_id)
);
create index refusals_by_route on refusals (route_id, at);

-- Kinds of messages for which a route stands back by itself, since its gateway doesn't take the template that it has for them.
create table kinds_back (
    -- Whose route it is; '' has those of the house.
    organisation_id text not null,
    route_id text not null,
    kind text not null,
    language text not null,
    -- How often one after the other, and until when.
    demotions bigint not null,
    demoted_until bigint not null,
    primary key (organisation_id, route_id, kind, language)
);

-- Since when no receipts come of what a route took, which came before; null: they come, or never did.
alter table routes add column silent_since bigint;
