-- Token buckets that slow down guessing of passwords; kept here so that all replicas count together.
create table identity.throttle (
  id         text   not null constraint throttle_pk primary key,   -- SHA-256 of what is limited
  state      bytea,
  expires_at bigint                                                -- epoch milliseconds
);
create index throttle_expires_ix on identity.throttle (expires_at);

grant select, insert, update, delete on identity.throttle to witan_app;
