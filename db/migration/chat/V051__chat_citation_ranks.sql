-- Why a cited passage was read: its place among the passages of the answer, and in each kind of search alone.
-- Null in answers from before. Adds columns without a default: no rewrite, the lock is held for an instant.
alter table chat.citation
  add column rank            integer,
  add column rank_by_meaning integer,
  add column rank_by_words   integer;
