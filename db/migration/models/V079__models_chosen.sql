-- Whether somebody ever said what shall answer. Until then a model that comes with the program and was measured to be
-- good enough may answer by itself.
alter table models.active_model add column chosen boolean not null default false;

update models.active_model
   set chosen = changed_by is not null or model_id is not null or remote_id is not null;
