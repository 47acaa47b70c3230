-- Recycled numbers: an account is a number and the time in which it was one holder's. What sleeps is nobody's to sign in to.

-- When its sender was last here.
alter table senders add column seen_at bigint not null default 0;
update senders set seen_at = created_at;
update senders set seen_at = (select max(s.seen_at) from sessions s where s.organisation_id = senders.organisation_id
    and s.holder_kind = 'sender' and s.holder_id = senders.id)
where exists (select 1 from sessions s where s.organisation_id = senders.organisation_id
    and s.holder_kind = 'sender' and s.holder_id = senders.id and s.seen_at > senders.seen_at);
-- Sessions that are over were swept; who wrote a letter was here, too.
update senders set seen_at = (select max(l.created_at) from letters l where l.organisation_id = senders.organisation_id
    and l.sender_id = senders.id)
where exists (select 1 from letters l where l.organisation_id = senders.organisation_id
    and l.sender_id = senders.id and l.created_at > senders.seen_at);

-- Since when the number may be somebody else's.
alter table senders add column asleep_at bigint;

drop index senders_by_mobile;
create unique index senders_by_mobile on senders (organisation_id, mobile) where asleep_at is null;
create index senders_asleep on senders (organisation_id, mobile) where asleep_at is not null;
