-- A model is found by its name whatever its case, so no two may differ by it alone.
alter table models.model drop constraint model_name_uq;
create unique index model_name_uq on models.model (lower(name));
