-- When the holder of a session showed the second factor anew; null: not since the session began.
alter table sessions add column confirmed_at bigint;
