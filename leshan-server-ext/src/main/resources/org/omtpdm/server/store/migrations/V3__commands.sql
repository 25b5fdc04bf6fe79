-- Durable commands: one operation on one device each.
CREATE TABLE commands (
    id            TEXT NOT NULL PRIMARY KEY,
    device_id     TEXT NOT NULL,
    endpoint      TEXT NOT NULL,
    job_id        TEXT,
    kind          TEXT NOT NULL,
    -- place in the order of ranks, smaller goes first
    rank          INTEGER NOT NULL,
    -- 1: changes the device, so it keeps its place among other changes
    changes       INTEGER NOT NULL,
    -- the object whose operation block it needs
    object_id     INTEGER,
    title         TEXT NOT NULL,
    arguments     TEXT NOT NULL,
    reason        TEXT,
    requested_at  BIGINT NOT NULL,
    requested_by  TEXT NOT NULL,
    expires_at    BIGINT NOT NULL,
    state         TEXT NOT NULL,
    is_open       INTEGER NOT NULL,
    -- queued: nothing sent that matters; claimed: being done; intended: the operation was or may have been sent;
    -- parked: the device works on it; ended
    phase         TEXT NOT NULL,
    cause         TEXT,
    ended_at      BIGINT,
    -- failed attempts so far
    attempts      INTEGER NOT NULL,
    attempted_at  BIGINT,
    -- not due before; absent: due
    not_before    BIGINT,
    -- 1: also due at the device's next contact
    on_contact    INTEGER NOT NULL,
    -- correlator of the intended operation (argument 9)
    correlator    BIGINT,
    -- what the performer needs to take the operation up again
    memo          TEXT,
    progress      INTEGER,
    result        TEXT,
    steps         INTEGER NOT NULL,
    -- 1: retried by a later command of the same job, which counts in its place
    superseded    INTEGER NOT NULL
);
CREATE INDEX commands_by_device ON commands (device_id, is_open, rank, id);
CREATE INDEX commands_by_device_time ON commands (device_id, id);
CREATE INDEX commands_by_job ON commands (job_id, state, id);
CREATE INDEX commands_by_state ON commands (state, id);
CREATE INDEX commands_by_due ON commands (is_open, not_before);
CREATE INDEX commands_by_expiry ON commands (is_open, expires_at);

-- What happened to a command, in words. The first step, the request, is in the command itself.
CREATE TABLE command_steps (
    command_id  TEXT NOT NULL REFERENCES commands (id) ON DELETE CASCADE,
    number      INTEGER NOT NULL,
    at          BIGINT NOT NULL,
    step        TEXT NOT NULL,
    text        TEXT NOT NULL,
    code        TEXT,
    exchange    TEXT,
    PRIMARY KEY (command_id, number)
);

-- The last correlator given to each device: ascends, never repeats.
CREATE TABLE command_correlators (
    device_id  TEXT NOT NULL PRIMARY KEY,
    last       BIGINT NOT NULL
);

-- Bytes a command brought, sealed, kept for an hour.
CREATE TABLE command_contents (
    command_id  TEXT NOT NULL PRIMARY KEY REFERENCES commands (id) ON DELETE CASCADE,
    sealed      ${blob} NOT NULL,
    expires_at  BIGINT NOT NULL
);
CREATE INDEX command_contents_by_expiry ON command_contents (expires_at);

-- Jobs: one command on each device of a selection.
CREATE TABLE jobs (
    id            TEXT NOT NULL PRIMARY KEY,
    kind          TEXT NOT NULL,
    title         TEXT NOT NULL,
    arguments     TEXT NOT NULL,
    reason        TEXT,
    -- the filter that gave the devices; absent when they were named
    filter        TEXT,
    state         TEXT NOT NULL,
    created_at    BIGINT NOT NULL,
    created_by    TEXT NOT NULL,
    ended_at      BIGINT,
    total         INTEGER NOT NULL,
    -- who was left out and why
    excluded      INTEGER NOT NULL,
    exclusions    TEXT NOT NULL
);
CREATE INDEX jobs_by_state ON jobs (state, id);

-- How often steps of planners failed, and when they may be tried again.
CREATE TABLE planner_attempts (
    device_id    TEXT NOT NULL,
    planner      TEXT NOT NULL,
    step_key     TEXT NOT NULL,
    attempts     INTEGER NOT NULL,
    attempted_at BIGINT NOT NULL,
    -- absent: refused, not tried again under this key
    not_before   BIGINT,
    cause        TEXT NOT NULL,
    PRIMARY KEY (device_id, planner, step_key)
);
CREATE INDEX planner_attempts_by_due ON planner_attempts (not_before);

-- The last complete process list of each device.
CREATE TABLE process_lists (
    device_id          TEXT NOT NULL PRIMARY KEY,
    at                 BIGINT NOT NULL,
    complete           INTEGER NOT NULL,
    exchanges          INTEGER NOT NULL,
    bytes              INTEGER NOT NULL,
    changed_meanwhile  INTEGER NOT NULL
);
CREATE TABLE processes (
    device_id         TEXT NOT NULL,
    pid               BIGINT NOT NULL,
    parent_pid        BIGINT NOT NULL,
    uid               BIGINT NOT NULL,
    state             INTEGER NOT NULL,
    cpu_permille      INTEGER NOT NULL,
    rss_kib           BIGINT NOT NULL,
    start_time        BIGINT NOT NULL,
    name              TEXT NOT NULL,
    package_instance  INTEGER,
    hash8             TEXT,
    PRIMARY KEY (device_id, pid)
);
CREATE INDEX processes_by_name ON processes (name, device_id);

-- Processes a device refused to end (Result 22): shown as protected.
CREATE TABLE process_protected (
    device_id   TEXT NOT NULL,
    pid         BIGINT NOT NULL,
    start_time  BIGINT NOT NULL,
    at          BIGINT NOT NULL,
    PRIMARY KEY (device_id, pid, start_time)
);

-- The last listing of each directory: a JSON document.
CREATE TABLE file_listings (
    device_id  TEXT NOT NULL,
    path       TEXT NOT NULL,
    at         BIGINT NOT NULL,
    complete   INTEGER NOT NULL,
    entries    INTEGER NOT NULL,
    document   TEXT NOT NULL,
    PRIMARY KEY (device_id, path)
);
CREATE INDEX file_listings_by_age ON file_listings (device_id, at);

-- The last Stat of files.
CREATE TABLE file_stats (
    device_id  TEXT NOT NULL,
    path       TEXT NOT NULL,
    at         BIGINT NOT NULL,
    document   TEXT NOT NULL,
    PRIMARY KEY (device_id, path)
);
CREATE INDEX file_stats_by_age ON file_stats (device_id, at);
