-- E-mail as a second channel: an address that a sender has proved gets what goes to their number, too.

-- Proved by a code that came to it; empty: none. It goes when the account falls asleep.
alter table senders add column email text not null default '';
-- When it was proved.
alter table senders add column email_at bigint;
-- When a code by SMS last proved the number: a code by e-mail proves who it is, and not whose the number is by now.
alter table senders add column proved_at bigint not null default 0;
update senders set proved_at = seen_at;

-- When the code went by e-mail; null: to the number.
alter table sign_ins add column mailed_at bigint;

-- Addresses that are to be proved: one code for each sender.
create table email_codes (
    organisation_id text not null,
    sender_id text not null,
    address text not null,
    code_hash text not null,
    sent_at bigint not null,
    expires_at bigint not null,
    tries bigint not null,
    primary key (organisation_id, sender_id)
);
