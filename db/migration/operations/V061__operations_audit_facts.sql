-- What a line tells beside action and subject, as names and values that pages put into the reader's language.
-- Lines from before keep their English words in detail; new ones leave it empty. Short lock, no rewrite.
alter table operations.audit_entry add column facts jsonb not null default '[]';
alter table operations.audit_entry alter column detail set default '';
