-- Work queue of db-scheduler 16.7.1, as published by that project. It holds ids only and is polled outside
-- of any person's scope, so it has no row-level security.
create table documents.scheduled_tasks (
  task_name            text        not null,
  task_instance        text        not null,
  task_data            bytea,
  execution_time       timestamptz not null,
  picked               boolean     not null,
  picked_by            text,
  last_success         timestamptz,
  last_failure         timestamptz,
  consecutive_failures int,
  last_heartbeat       timestamptz,
  version              bigint      not null,
  priority             smallint,
  constraint scheduled_tasks_pk primary key (task_name, task_instance)
);
create index scheduled_tasks_execution_time_ix on documents.scheduled_tasks (execution_time);
create index scheduled_tasks_last_heartbeat_ix on documents.scheduled_tasks (last_heartbeat);
create index scheduled_tasks_priority_ix on documents.scheduled_tasks (priority desc, execution_time asc);
create index scheduled_tasks_instance_ix on documents.scheduled_tasks (task_instance);

grant select, insert, update, delete on documents.scheduled_tasks to witan_app;
