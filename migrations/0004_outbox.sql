-- Messages on their way out of the building; written by the act that owes them, sent by the courier.

create table outbox (
    organisation_id text not null,
    id text not null,
    recipient text not null,
    template text not null,
    text text not null,
    created_at bigint not null,
    -- A claim moves it on, so that a crashed worker doesn't hold the message for ever and claims stay flat.
    due_at bigint not null,
    tries bigint not null,
    expires_at bigint,
    sent_at bigint,
    parked_at bigint,
    gateway_id text,
    last_error text,
    primary key (organisation_id, id)
);
create index outbox_due on outbox (due_at) where sent_at is null and parked_at is null;
