-- What waits and a gateway may have already, which counts for the day: few of all that waits.
create index outbox_bound on outbox (organisation_id) where sent_at is null and parked_at is null and route_id <> '';
