-- Since when an administrator says that the number is somebody else's: whoever has it now may have read the tracking codes that went to it, so that
-- none of them gives the letters back.
alter table senders add column closed_at bigint;

update senders set closed_at = asleep_at
where asleep_at is not null and exists (
    select 1 from letters l
    join events e on e.organisation_id = l.organisation_id and e.letter_id = l.id
    where l.organisation_id = senders.organisation_id and l.sender_id = senders.id
      and e.kind = 'sender_asleep' and e.actor_kind = 'staff' and e.at >= senders.asleep_at);
