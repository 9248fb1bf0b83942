-- How the model that writes for an assistant chooses its words; null where nothing was set. All versions until now had
-- no such settings. A moment's exclusive lock; nothing is rewritten.
alter table assistants.assistant_version
  add column temperature   real    constraint assistant_temperature_ck check (temperature between 0 and 2),
  add column top_p         real    constraint assistant_top_p_ck check (top_p > 0 and top_p <= 1),
  add column answer_tokens integer constraint assistant_answer_tokens_ck check (answer_tokens between 16 and 32768),
  add column seed          bigint  constraint assistant_seed_ck check (seed between 0 and 9007199254740991);
