-- When a gateway last left a question about messages unanswered that had waited for a while: nobody can tell how quick those were that
-- it took before.
alter table routes add column unanswered_at bigint;
