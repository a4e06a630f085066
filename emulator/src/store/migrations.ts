/**
 * The schema's history. A released migration never changes; a new one is added at the end.
 *
 * Times are milliseconds since the epoch, NULL when unset. An instance has a row only once it has left Waiting
 * (architecture.md §3.4); `task.cursor` is the lowest instance number without one.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE access_key (
    id TEXT PRIMARY KEY,
    secret TEXT NOT NULL,
    owner TEXT NOT NULL,
    enabled INTEGER NOT NULL DEFAULT 1,
    created_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE job (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    owner TEXT NOT NULL,
    name TEXT NOT NULL,
    priority INTEGER NOT NULL,
    state TEXT NOT NULL,
    message TEXT NOT NULL DEFAULT '',
    fail_on_instance_fail INTEGER NOT NULL,
    auto_release INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    started_at INTEGER,
    ended_at INTEGER,
    description TEXT NOT NULL,
    dag TEXT
  ) STRICT;
  CREATE INDEX job_by_owner ON job (owner, seq);
  CREATE INDEX job_by_owner_id ON job (owner, id);
  CREATE INDEX job_by_owner_state ON job (owner, state, seq);
  CREATE INDEX job_by_state ON job (state, seq);

  CREATE TABLE task (
    row_id INTEGER PRIMARY KEY AUTOINCREMENT,
    job_seq INTEGER NOT NULL REFERENCES job (seq) ON DELETE CASCADE,
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    instance_count INTEGER NOT NULL,
    max_retry_count INTEGER NOT NULL,
    cluster_id TEXT NOT NULL DEFAULT '',
    predecessors TEXT NOT NULL,
    waiting INTEGER NOT NULL,
    running INTEGER NOT NULL DEFAULT 0,
    finished INTEGER NOT NULL DEFAULT 0,
    failed INTEGER NOT NULL DEFAULT 0,
    stopped INTEGER NOT NULL DEFAULT 0,
    cursor INTEGER NOT NULL DEFAULT 0,
    started_at INTEGER,
    ended_at INTEGER,
    UNIQUE (job_seq, name)
  ) STRICT;

  CREATE TABLE instance (
    task_row INTEGER NOT NULL,
    number INTEGER NOT NULL,
    phase TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    retries INTEGER NOT NULL,
    progress INTEGER NOT NULL,
    started_at INTEGER,
    ended_at INTEGER,
    node_ip TEXT NOT NULL,
    exit_code INTEGER NOT NULL,
    error_code TEXT NOT NULL,
    error_message TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (task_row, number)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX instance_by_phase ON instance (task_row, phase, number);

  -- Tasks of deleted jobs whose instances are still there, to be swept away little by little.
  CREATE TABLE swept_task (
    task_row INTEGER PRIMARY KEY
  ) STRICT;

  CREATE TABLE idempotent_token (
    owner TEXT NOT NULL,
    operation TEXT NOT NULL,
    token TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    result TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (owner, operation, token)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE app (
    row_id INTEGER PRIMARY KEY AUTOINCREMENT,
    owner TEXT NOT NULL,
    name TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    next_revision INTEGER NOT NULL,
    UNIQUE (owner, name)
  ) STRICT;

  CREATE TABLE app_revision (
    app_row INTEGER NOT NULL REFERENCES app (row_id) ON DELETE CASCADE,
    revision INTEGER NOT NULL,
    description TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (app_row, revision)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- What happened, for readers that go on where they stopped.
  CREATE TABLE event (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    owner TEXT NOT NULL,
    at INTEGER NOT NULL,
    name TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL
  ) STRICT;
  CREATE INDEX event_by_owner ON event (owner, id);

  CREATE TABLE webhook (
    id TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    url TEXT NOT NULL,
    secret TEXT NOT NULL,
    events TEXT NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX webhook_by_owner ON webhook (owner);

  -- What still has to be told: letters, and the lanes in which they go one after the other.
  CREATE TABLE outbox_lane (
    row_id INTEGER PRIMARY KEY AUTOINCREMENT,
    destination TEXT NOT NULL,
    subject TEXT NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,
    next_at INTEGER NOT NULL,
    UNIQUE (destination, subject)
  ) STRICT;
  CREATE INDEX outbox_lane_by_destination ON outbox_lane (destination, next_at);
  CREATE INDEX outbox_lane_by_time ON outbox_lane (next_at);

  CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    lane_row INTEGER NOT NULL,
    event_id INTEGER NOT NULL,
    owner TEXT NOT NULL,
    name TEXT NOT NULL,
    body TEXT NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX outbox_by_lane ON outbox (lane_row, id);

  CREATE TABLE dead_letter (
    id INTEGER PRIMARY KEY,
    destination TEXT NOT NULL,
    subject TEXT NOT NULL,
    event_id INTEGER NOT NULL,
    owner TEXT NOT NULL,
    name TEXT NOT NULL,
    body TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    died_at INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    reason TEXT NOT NULL
  ) STRICT;
  CREATE INDEX dead_letter_by_owner ON dead_letter (owner, id);
  CREATE INDEX dead_letter_by_time ON dead_letter (died_at);

  -- Jobs that are over, those first that ended first: what retention looks at.
  CREATE INDEX job_by_end ON job (coalesce(ended_at, created_at)) WHERE state IN ('Finished', 'Failed', 'Stopped');
  `,
  `
  -- Keys that are told apart by a note; temporary ones have a token, an end and perhaps grants (JSON).
  ALTER TABLE access_key ADD COLUMN note TEXT NOT NULL DEFAULT '';
  ALTER TABLE access_key ADD COLUMN token TEXT;
  ALTER TABLE access_key ADD COLUMN expires_at INTEGER;
  ALTER TABLE access_key ADD COLUMN grants TEXT;

  -- How much an owner may have; owner '' is everybody without a quota of their own.
  CREATE TABLE quota (
    owner TEXT NOT NULL,
    what TEXT NOT NULL,
    amount INTEGER NOT NULL,
    PRIMARY KEY (owner, what)
  ) STRICT, WITHOUT ROWID;

  -- Attempts that may run at once over all jobs that name the limit.
  CREATE TABLE named_limit (
    name TEXT PRIMARY KEY,
    amount INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  -- What img-… and m-… stand for: a container image, or another id. Owner '' is the system, seen by all.
  CREATE TABLE image (
    id TEXT NOT NULL,
    owner TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    target TEXT NOT NULL,
    platform TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (id, owner)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO image VALUES
    ('img-ubuntu', '', 'img-ubuntu', 'Debian with shell and Python', 'rebatch/img-ubuntu:latest', 'Linux', unixepoch() * 1000),
    ('img-ubuntu-vpc', '', 'img-ubuntu-vpc', 'Debian with shell and Python', 'rebatch/img-ubuntu:latest', 'Linux', unixepoch() * 1000);

  -- task.cursor counts instances that were handed out, in the task's own order; with the order by number, as before, it
  -- is also the lowest number without a row.
  ALTER TABLE task ADD COLUMN instance_order TEXT NOT NULL DEFAULT 'number';
  ALTER TABLE task ADD COLUMN limits TEXT NOT NULL DEFAULT '[]';
  `,
  `
  CREATE TABLE cluster (
    id TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    state TEXT NOT NULL,
    error_code TEXT NOT NULL DEFAULT '',
    created_at INTEGER NOT NULL,
    description TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX cluster_by_owner ON cluster (owner, id);

  -- Machines of clusters. One that is gone stays for a while as Deleted, so that a repeated delete is told apart.
  CREATE TABLE node (
    id TEXT PRIMARY KEY,
    cluster_id TEXT NOT NULL REFERENCES cluster (id) ON DELETE CASCADE,
    group_name TEXT NOT NULL,
    state TEXT NOT NULL,
    host_name TEXT NOT NULL,
    ip TEXT NOT NULL DEFAULT '',
    attempt TEXT NOT NULL DEFAULT '',
    error_code INTEGER NOT NULL DEFAULT 0,
    error_message TEXT NOT NULL DEFAULT '',
    created_at INTEGER NOT NULL,
    running_at INTEGER,
    ended_at INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX node_by_group ON node (cluster_id, group_name, id);

  CREATE TABLE cluster_log (
    row_id INTEGER PRIMARY KEY AUTOINCREMENT,
    cluster_id TEXT NOT NULL REFERENCES cluster (id) ON DELETE CASCADE,
    line TEXT NOT NULL
  ) STRICT;
  CREATE INDEX cluster_log_by_cluster ON cluster_log (cluster_id, row_id);
  `,
];
