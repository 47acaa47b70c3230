-- A question or a copy that was taken back by who had sent it, while nobody had done it; it is done then, too, with the word that was said.
alter table referrals add column recalled_at bigint;
