-- Whether anybody of the house has read what a sender wrote in the thread, and quick ways to what waits and to recent units.

-- Null: nobody of the unit that holds the letter has opened it since.
alter table messages add column seen_at bigint;
alter table messages add column seen_by text not null default '';
create index messages_new on messages (organisation_id, letter_id) where seen_at is null;
create index referrals_from_staff on referrals (organisation_id, from_staff_id, at);
create index files_by_message on files (organisation_id, message_id) where message_id <> '';
