-- One table of every kind of column that a backup must bring back; stands for any module's.
CREATE SCHEMA probe;
CREATE TABLE probe.parent (id uuid PRIMARY KEY, at timestamptz NOT NULL);
INSERT INTO probe.parent VALUES ('00000000-0000-0000-0000-000000000001', now());
CREATE TABLE probe.a_child (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  parent uuid NOT NULL REFERENCES probe.parent,
  bytes bytea,
  place vector(3),
  half halfvec(3),
  words tsvector,
  facts jsonb,
  "Odd name" text,
  length int GENERATED ALWAYS AS (octet_length(bytes)) STORED
);
CREATE INDEX a_child_half ON probe.a_child USING hnsw (half halfvec_cosine_ops);
CREATE INDEX a_child_words ON probe.a_child USING gin (words);
ALTER TABLE probe.a_child ENABLE ROW LEVEL SECURITY;
ALTER TABLE probe.a_child FORCE ROW LEVEL SECURITY;
