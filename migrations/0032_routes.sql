-- Routes: the gateways that messages may take, in their order; organisation_id '' has those of whoever has none of their own.

create table routes (
    organisation_id text not null,
    id text not null,
    -- What a gateway must know to call us about a message.
    secret text not null,
    position bigint not null,
    -- JSON: name, purposes, the gateway's settings, templates. It holds the gateway's keys.
    definition text not null,
    changed_at bigint not null,
    -- Failures since the last success.
    failures bigint not null,
    -- How often one after the other it had to stand back, until when, and why: failing, slow.
    demotions bigint not null,
    demoted_until bigint,
    demoted_for text not null,
    -- JSON: amount and unit; empty when it was never told.
    credit text not null,
    credit_at bigint,
    primary key (organisation_id, id)
);

-- Receipts that came before it was written down that the message was taken.
create table early_receipts (
    organisation_id text not null,
    route_id text not null,
    gateway_id text not null,
    delivery text not null,
    at bigint not null,
    primary key (organisation_id, route_id, gateway_id, delivery)
);

-- 0: somebody waits for it, as for a code; 1: it answers what somebody just did; 2: news.
alter table outbox add column urgency bigint not null default 2;
-- By which route it went, or must go when nobody knows whether it did; empty: the gateway of the settings.
alter table outbox add column route_id text not null default '';
-- How far it came, in the courier's words; empty: nobody said.
alter table outbox add column delivery text not null default '';
-- When its gateway is asked what became of it; null: it isn't.
alter table outbox add column ask_at bigint;

drop index outbox_due;
create index outbox_due on outbox (urgency, due_at, organisation_id, id) where sent_at is null and parked_at is null;
create index outbox_in_line on outbox (organisation_id, recipient, created_at) where sent_at is null and parked_at is null;
create index outbox_to_ask on outbox (ask_at) where ask_at is not null;
create index outbox_by_route on outbox (route_id, sent_at) where route_id <> '';
create index outbox_by_gateway on outbox (route_id, gateway_id) where route_id <> '';
