-- Read by SQLite and PostgreSQL alike. Instants are microseconds since 1970, in UTC.
-- A migration that was released is never changed: a change is a new one, and Schema.NEWEST its number.

CREATE TABLE run (
  run_id           TEXT   NOT NULL PRIMARY KEY,
  sequence         BIGINT NOT NULL,
  operation        TEXT   NOT NULL,
  run_trigger      TEXT,
  status           TEXT   NOT NULL,
  started_at       BIGINT NOT NULL,
  finished_at      BIGINT,
  actor            TEXT   NOT NULL,
  server           TEXT   NOT NULL,
  backup_run_id    TEXT,
  failure_code     TEXT,
  failure_message  TEXT,
  failure_guidance TEXT,
  document         TEXT
);

CREATE INDEX run_by_operation ON run (operation, sequence, run_id);
CREATE INDEX run_by_trigger ON run (run_trigger, sequence);
CREATE INDEX run_by_actor ON run (operation, actor, started_at);
CREATE INDEX run_under_way ON run (sequence) WHERE status = 'running';

CREATE TABLE idempotency_key (
  scope           TEXT   NOT NULL,
  digest          TEXT   NOT NULL,
  body            TEXT   NOT NULL,
  server          TEXT   NOT NULL,
  claimed_at      BIGINT NOT NULL,
  run_id          TEXT,
  answer_status   INTEGER,
  answer_document TEXT,
  PRIMARY KEY (scope, digest)
);

CREATE INDEX idempotency_key_by_age ON idempotency_key (claimed_at);

CREATE TABLE setting (
  name       TEXT   NOT NULL PRIMARY KEY,
  content    TEXT   NOT NULL,
  actor      TEXT   NOT NULL,
  changed_at BIGINT NOT NULL
);

CREATE TABLE token (
  token_id   TEXT   NOT NULL PRIMARY KEY,
  name       TEXT   NOT NULL,
  role       TEXT   NOT NULL,
  hash       TEXT   NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT,
  revoked_at BIGINT
);

CREATE UNIQUE INDEX token_by_name ON token (name) WHERE revoked_at IS NULL;

CREATE TABLE act (
  act_id      ${identity},
  acted_at    BIGINT NOT NULL,
  actor       TEXT   NOT NULL,
  action      TEXT   NOT NULL,
  subject     TEXT   NOT NULL,
  outcome     TEXT   NOT NULL,
  address     TEXT   NOT NULL,
  correlation TEXT   NOT NULL
);
