-- Remote generators added by the command line, which is no person. An exclusive lock for a moment.
alter table models.remote_generator alter column added_by drop not null;
