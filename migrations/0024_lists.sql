-- The tray in the order in which it is read, so that a page of it costs the same however many letters there are.

-- Decided, answered or ended, the newest first: the largest moment has the smallest key.
create index letters_done on letters (organisation_id, (-changed_at), id) where state not in ('submitted', 'draft');
create index letters_expected on letters (organisation_id, wait_until_at, id) where state in ('returned', 'awaiting_sender');
