-- The newest letters first: each stands in the index by its place below zero. Its letters come in again after the start, the newest
-- of them first; search_places keeps where they stand.

drop table search_tokens;
create virtual table search_tokens using fts5 (
    tokens, content = '', contentless_delete = 1, detail = none, tokenize = "ascii tokenchars '_^@#-'"
);
