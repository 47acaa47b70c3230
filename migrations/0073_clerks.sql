-- Who of the staff had the code sent, for somebody at the counter: they typed the number, and nobody else is shown it whole. Empty: whoever waits
-- for the code asked for it.
alter table sign_ins add column staff_id text not null default '';
