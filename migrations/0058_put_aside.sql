-- What was put aside and can still be sent, and whether routes can be opened.

create index outbox_put_aside on outbox (organisation_id, parked_at, id) where parked_at is not null and sent_at is null and text <> '';

-- Why the worker that tried last could not open it, without a secret; empty: it could.
alter table routes add column closed_for text not null default '';
-- JSON: its templates that are left out, and what is wrong with each; empty: none.
alter table routes add column unfit text not null default '';
