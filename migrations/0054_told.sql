-- What became of the messages about letters, in the figures and with the way to their letters: everything is counted anew.

-- When a message left, was given up or was told to have arrived, or was put on its way again; 0: it has only ever waited.
alter table outbox add column changed_at bigint not null default 0;
update outbox set changed_at = coalesce(delivered_at, sent_at, parked_at) where coalesce(delivered_at, sent_at, parked_at) is not null;
create index outbox_changed on outbox (organisation_id, changed_at, id) where about <> '';

-- What was counted of each message about a letter: of which unit and classification its letter was then, when it left or was given up,
-- and what became of it. A list of the letters behind such a figure is made of these, so that both say the same.
create table counted_messages (
    organisation_id text not null,
    message_id text not null,
    letter_id text not null,
    unit_id text not null,
    classification bigint not null,
    at bigint not null,
    fate text not null,
    -- 1: it did not arrive, or was put aside.
    lost bigint not null,
    primary key (organisation_id, message_id)
);
-- The unit stands in them so that those of other units are passed over without being looked up.
create index counted_messages_by_day on counted_messages (organisation_id, at, message_id, unit_id);
create index counted_messages_by_fate on counted_messages (organisation_id, fate, at, message_id, unit_id);
create index counted_messages_lost on counted_messages (organisation_id, lost, at, message_id, unit_id) where lost = 1;

-- How far the messages are counted.
alter table counted_until add column messages_changed_at bigint not null default 0;

drop table message_figures;
delete from counted_letters;
delete from figures;
delete from counted_until;
