-- A page of the search asks which letter of an organisation is the oldest that can be found, and which the newest. By the key of the letters all
-- places were gone through for that.
create index search_places_of_organisation on search_places (organisation_id, place);
