-- Of two workers that claim messages of one urgency at once, the second waits for the first: so that of two messages to one person the
-- later one doesn't go by another worker before the earlier one.
create table claim_turns (
    organisation_id text not null,
    urgency bigint not null,
    turn bigint not null,
    primary key (organisation_id, urgency)
);
