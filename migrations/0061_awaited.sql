-- The last codes to somebody: the next one rather takes another route.
create index outbox_awaited on outbox (organisation_id, recipient, created_at) where urgency = 0;
