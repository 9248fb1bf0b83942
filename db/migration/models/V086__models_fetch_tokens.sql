-- Bearer tokens for hosts that models are fetched from, sealed like the keys of remote generators.
create table models.fetch_token (
  host         text        not null constraint fetch_token_pk primary key, -- as in an address
  sealed_token bytea       not null,
  added_at     timestamptz not null
);

grant select, insert, update, delete on models.fetch_token to witan_app;
