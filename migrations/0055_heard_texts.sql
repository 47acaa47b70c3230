-- Each text that was heard, by a seal of it alone and for good: a call that its gateway signed once stays signed, and may come again after years.
create table heard_texts (
    -- Whose route it came by; '' has those of the house.
    organisation_id text not null,
    -- Half a seal of the route and what the call was signed with, or else of the route, the gateway's id, the number and the words.
    seal text not null,
    primary key (organisation_id, seal)
);
