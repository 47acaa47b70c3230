-- A reopening is taken back, too: a letter may have been closed before it.
alter table former_states add column closed_at bigint;
