-- Devices, refused contacts, last known values, attention items.
-- Times are epoch milliseconds UTC. In devices, 0 and '' and -1 mean "unknown" or "never", so that
-- every column can be sorted and paged by key on both databases.

CREATE TABLE devices (
    id                TEXT    NOT NULL PRIMARY KEY,
    -- what the state is computed from (PresenceSql)
    retired_at        BIGINT  NOT NULL DEFAULT 0,
    out_of_service_at BIGINT  NOT NULL DEFAULT 0,
    registered_at     BIGINT  NOT NULL DEFAULT 0,
    valid_until       BIGINT  NOT NULL DEFAULT 0,
    queue_mode        INTEGER NOT NULL DEFAULT 0,
    awake_until       BIGINT  NOT NULL DEFAULT 0,
    expected_at       BIGINT  NOT NULL DEFAULT 0,
    interval_ms       BIGINT  NOT NULL DEFAULT 0,
    last_heard_at     BIGINT  NOT NULL DEFAULT 0,
    refused_at        BIGINT  NOT NULL DEFAULT 0,
    -- what lists sort and filter by
    name_key          TEXT    NOT NULL,
    firmware          TEXT    NOT NULL DEFAULT '',
    model             TEXT    NOT NULL DEFAULT '',
    manufacturer      TEXT    NOT NULL DEFAULT '',
    battery           INTEGER NOT NULL DEFAULT -1,
    open_attention    INTEGER NOT NULL DEFAULT 0,
    search            TEXT    NOT NULL,
    -- the rest of a list row
    endpoint          TEXT    NOT NULL,
    name              TEXT    NOT NULL DEFAULT '',
    serial            TEXT    NOT NULL DEFAULT '',
    memory_free       BIGINT  NOT NULL DEFAULT -1,
    error_codes       TEXT    NOT NULL DEFAULT '',
    process_count     BIGINT  NOT NULL DEFAULT -1,
    secured           INTEGER NOT NULL DEFAULT 0,
    address           TEXT    NOT NULL DEFAULT '',
    lwm2m_version     TEXT    NOT NULL DEFAULT '',
    binding_mode      TEXT    NOT NULL DEFAULT '',
    registration_id   TEXT    NOT NULL DEFAULT '',
    lifetime_ms       BIGINT  NOT NULL DEFAULT 0,
    last_beat_at      BIGINT  NOT NULL DEFAULT 0,
    learnt_ms         BIGINT  NOT NULL DEFAULT 0,
    deregistered_at   BIGINT  NOT NULL DEFAULT 0,
    refused_text      TEXT    NOT NULL DEFAULT '',
    clock_skew_ms     BIGINT,
    note              TEXT    NOT NULL DEFAULT '',
    created_at        BIGINT  NOT NULL
);
CREATE UNIQUE INDEX devices_endpoint ON devices (endpoint);
CREATE INDEX devices_name ON devices (name_key, id);
CREATE INDEX devices_last_heard ON devices (last_heard_at, id);
CREATE INDEX devices_firmware ON devices (firmware, id);
CREATE INDEX devices_model ON devices (model, id);
CREATE INDEX devices_manufacturer ON devices (manufacturer, id);
CREATE INDEX devices_registered ON devices (registered_at, id);
CREATE INDEX devices_battery ON devices (battery, id);
CREATE INDEX devices_created ON devices (created_at, id);

-- What a device announced last; read for one device at a time.
CREATE TABLE devices_announced (
    device_id  TEXT NOT NULL PRIMARY KEY REFERENCES devices (id) ON DELETE CASCADE,
    objects    TEXT NOT NULL,
    notes      TEXT NOT NULL
);

CREATE TABLE devices_refused (
    id       TEXT   NOT NULL PRIMARY KEY,
    cause    TEXT   NOT NULL,
    at       BIGINT NOT NULL,
    first_at BIGINT NOT NULL,
    count    BIGINT NOT NULL,
    host     TEXT   NOT NULL,
    address  TEXT   NOT NULL,
    endpoint TEXT   NOT NULL,
    identity TEXT   NOT NULL,
    reason   TEXT   NOT NULL,
    detail   TEXT   NOT NULL,
    -- the device it claims to be, where there is one
    device_id TEXT  REFERENCES devices (id) ON DELETE CASCADE
);
CREATE INDEX devices_refused_host ON devices_refused (host);
CREATE INDEX devices_refused_device ON devices_refused (device_id);
CREATE UNIQUE INDEX devices_refused_cause ON devices_refused (cause);
CREATE INDEX devices_refused_at ON devices_refused (at, id);

CREATE TABLE inventory_values (
    device_id     TEXT    NOT NULL REFERENCES devices (id) ON DELETE CASCADE,
    object_id     INTEGER NOT NULL,
    instance_id   INTEGER NOT NULL,
    resource_id   INTEGER NOT NULL,
    -- the resource instance, -1 for a single resource
    item_id       INTEGER NOT NULL,
    value         TEXT    NOT NULL,
    origin        TEXT    NOT NULL,
    at            BIGINT  NOT NULL,
    PRIMARY KEY (device_id, object_id, instance_id, resource_id, item_id)
);

CREATE TABLE attention_items (
    id          TEXT   NOT NULL PRIMARY KEY,
    rule        TEXT   NOT NULL,
    -- the same cause on the same subject
    subject_key TEXT   NOT NULL,
    subject     TEXT   NOT NULL,
    device_id   TEXT   REFERENCES devices (id) ON DELETE CASCADE,
    severity    TEXT   NOT NULL,
    title       TEXT   NOT NULL,
    detail      TEXT   NOT NULL,
    link        TEXT   NOT NULL,
    state       TEXT   NOT NULL,
    cause_at    BIGINT NOT NULL,
    first_at    BIGINT NOT NULL,
    last_at     BIGINT NOT NULL,
    count       BIGINT NOT NULL,
    changed_by  TEXT   NOT NULL DEFAULT '',
    note        TEXT   NOT NULL DEFAULT '',
    until_at    BIGINT NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX attention_items_subject ON attention_items (rule, subject_key);
CREATE INDEX attention_items_state ON attention_items (state, last_at, id);
CREATE INDEX attention_items_last ON attention_items (last_at, id);
CREATE INDEX attention_items_device ON attention_items (device_id);

-- Up to which event the rules have looked; one row.
CREATE TABLE attention_progress (
    id           INTEGER NOT NULL PRIMARY KEY,
    event_number BIGINT  NOT NULL
);

-- What the collection profile has read of a device, and under which registration.
CREATE TABLE inventory_collected (
    device_id       TEXT   NOT NULL REFERENCES devices (id) ON DELETE CASCADE,
    path            TEXT   NOT NULL,
    registration_id TEXT   NOT NULL,
    at              BIGINT NOT NULL,
    PRIMARY KEY (device_id, path)
);
