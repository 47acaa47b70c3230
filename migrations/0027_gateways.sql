-- Gateways: what stands in a message's places, by name, for those that fill templates of their own. JSON: [["code", "012345"]].

alter table outbox add column places text not null default '';
