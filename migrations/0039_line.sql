-- Messages of one person that wait for the same moment are claimed in the order in which they were posted.
drop index outbox_due;
create index outbox_due on outbox (urgency, due_at, created_at, organisation_id, id) where sent_at is null and parked_at is null;
