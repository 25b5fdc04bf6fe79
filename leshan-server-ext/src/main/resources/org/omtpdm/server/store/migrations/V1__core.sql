-- Events: what happened. Numbers ascend in the order of commits.
CREATE TABLE events (
    number     BIGINT NOT NULL PRIMARY KEY,
    at         BIGINT NOT NULL,
    type       TEXT NOT NULL,
    device_id  TEXT,
    text       TEXT NOT NULL,
    data       TEXT NOT NULL
);
CREATE INDEX events_by_device ON events (device_id, number);

-- Audit: who did what and why. Each hash covers the record and the hash before it.
CREATE TABLE audit_records (
    number     BIGINT NOT NULL PRIMARY KEY,
    at         BIGINT NOT NULL,
    actor      TEXT NOT NULL,
    action     TEXT NOT NULL,
    subject    TEXT,
    device_id  TEXT,
    reason     TEXT,
    details    TEXT NOT NULL,
    result     TEXT NOT NULL,
    previous   TEXT NOT NULL,
    hash       TEXT NOT NULL
);
CREATE INDEX audit_records_by_actor ON audit_records (actor, number);
CREATE INDEX audit_records_by_device ON audit_records (device_id, number);
CREATE INDEX audit_records_by_action ON audit_records (action, number);

-- People who sign in.
CREATE TABLE users (
    id               TEXT NOT NULL PRIMARY KEY,
    username         TEXT NOT NULL,
    -- the username folded to one case: nobody may differ from another by case alone
    username_key     TEXT NOT NULL UNIQUE,
    display_name     TEXT NOT NULL,
    password_hash    TEXT NOT NULL,
    roles            TEXT NOT NULL,
    disabled         INTEGER NOT NULL,
    created_at       BIGINT NOT NULL,
    last_sign_in_at  BIGINT
);

-- Sessions of the console; ids are stored hashed.
CREATE TABLE sessions (
    id_hash             TEXT NOT NULL PRIMARY KEY,
    user_id             TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    csrf_token          TEXT NOT NULL,
    created_at          BIGINT NOT NULL,
    last_used_at        BIGINT NOT NULL,
    expires_at          BIGINT NOT NULL,
    previous_sign_in_at BIGINT,
    address             TEXT NOT NULL
);
CREATE INDEX sessions_by_user ON sessions (user_id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

-- Bearer tokens of scripts; secrets are stored hashed.
CREATE TABLE tokens (
    id            TEXT NOT NULL PRIMARY KEY,
    name          TEXT NOT NULL UNIQUE,
    secret_hash   TEXT NOT NULL UNIQUE,
    roles         TEXT NOT NULL,
    created_at    BIGINT NOT NULL,
    created_by    TEXT NOT NULL,
    expires_at    BIGINT,
    last_used_at  BIGINT
);

-- Keys of devices; the key is sealed with the server's secret key.
CREATE TABLE credentials (
    id          TEXT NOT NULL PRIMARY KEY,
    endpoint    TEXT NOT NULL UNIQUE,
    kind        TEXT NOT NULL,
    identity    TEXT NOT NULL UNIQUE,
    sealed_key  ${blob} NOT NULL,
    created_at  BIGINT NOT NULL,
    created_by  TEXT NOT NULL
);

-- Answers to requests that carried an Idempotency-Key, kept for a day.
CREATE TABLE idempotency_keys (
    caller        TEXT NOT NULL,
    idempotency_key TEXT NOT NULL,
    fingerprint   TEXT NOT NULL,
    started_at    BIGINT NOT NULL,
    -- 1 from the transaction on that did the work
    done          INTEGER NOT NULL,
    -- absent until the answer is known
    status        INTEGER,
    body          TEXT,
    PRIMARY KEY (caller, idempotency_key)
);
CREATE INDEX idempotency_keys_by_time ON idempotency_keys (started_at);
