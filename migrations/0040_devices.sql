-- Devices that an account knows: of a sign-in on any other one its owner is told.

create table known_devices (
    organisation_id text not null,
    sender_id text not null,
    -- An HMAC of the browser's token, for this account only: nothing tells that two accounts share a browser.
    mark text not null,
    -- As the browser calls itself.
    device text not null,
    added_at bigint not null,
    -- The last time.
    signed_in_at bigint not null,
    -- When it was the first one, or somebody on an older one called it theirs; null: it is told on those.
    accepted_at bigint,
    primary key (organisation_id, sender_id, mark)
);
create index known_devices_by_age on known_devices (organisation_id, signed_in_at);

-- The last sign-in, and the one before; null: none since this is noted.
alter table senders add column signed_in_at bigint;
alter table senders add column signed_in_with text not null default '';
alter table senders add column before_at bigint;
alter table senders add column before_with text not null default '';

-- The mark of the device on which it began; empty: of staff, or from before.
alter table sessions add column known_device text not null default '';
