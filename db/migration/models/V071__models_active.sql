-- The model that shall answer, for every process of the installation: each looks here and loads it by itself.
create table models.active_model (
  only_row   boolean     not null constraint active_model_pk primary key
                         constraint active_model_only_ck check (only_row),
  model_id   uuid        constraint active_model_fk references models.model, -- null: quotes
  changed_at timestamptz not null,
  changed_by uuid        -- null: command line
);

insert into models.active_model values (true, null, now(), null);

grant select, update on models.active_model to witan_app;
