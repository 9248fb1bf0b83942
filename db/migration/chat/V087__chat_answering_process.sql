-- Which process writes an answer: several may serve one database, and what one of them leaves when it is killed the
-- others end. A process holds an advisory lock with its number for as long as it lives. Null: from before this version.
-- Adding columns without default takes an exclusive lock for a moment.
alter table chat.message add column process integer;
create sequence chat.process_number as integer cycle;
grant usage on sequence chat.process_number to witan_app;
