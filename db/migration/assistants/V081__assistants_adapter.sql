-- The adapter with which an assistant's answers are written, by name: where the model that answers has one of that
-- name. Null: the model as it is.
alter table assistants.assistant_version
  add column adapter text constraint assistant_adapter_ck check (length(adapter) between 1 and 64);
