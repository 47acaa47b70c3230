-- The questions about each route's messages are taken by themselves.
create index outbox_to_ask_of_route on outbox (route_id, ask_at, organisation_id, id) where ask_at is not null;
