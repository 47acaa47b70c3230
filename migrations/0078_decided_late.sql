-- The few among many that were decided late, as those that were answered late: a page of them went through ten thousand decisions.
create index letters_decided_late on letters (organisation_id, coalesce(registered_at, rejected_at), id)
    where coalesce(registered_at, rejected_at) > review_due_at;
