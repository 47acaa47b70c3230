-- When a message was handed to the gateway of the route in route_id, as long as nobody wrote down what came of it. If the worker stops then,
-- the message goes again by that route and by no other.
alter table outbox add column handed_at bigint;
-- The questions about each route's messages are taken by themselves.
create index outbox_to_ask_of_route on outbox (route_id, ask_at, organisation_id, id) where ask_at is not null;
