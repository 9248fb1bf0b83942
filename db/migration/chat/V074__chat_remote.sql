-- What may leave the machine, and what left it. No collection may, until one who manages it says so.
alter table catalogue.collection add column may_leave boolean not null default false;

-- All collections that a written answer may rest on, those of the earlier answers that its model was shown included.
-- Null, as in answers from before: unknown, so the answer never leaves the machine.
alter table chat.writing add column sources uuid[];

-- Answers that were made, or were to be made, by a generator elsewhere.
create table chat.remote_answer (
  message_id uuid    not null constraint remote_answer_pk primary key,
  person_id  uuid    not null,
  model_name text    not null,
  host       text    not null,
  sent       boolean not null, -- false: nothing that was found may leave
  withheld   integer not null, -- found passages that were left out
  constraint remote_answer_message_fk foreign key (message_id, person_id)
    references chat.message (id, person_id) on delete cascade
);
alter table chat.remote_answer enable row level security;
alter table chat.remote_answer force row level security;
create policy remote_answer_owner on chat.remote_answer
  using (person_id = catalogue.current_person() or catalogue.is_worker());

grant select, insert, update, delete on chat.remote_answer to witan_app;
