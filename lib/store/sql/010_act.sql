-- act: one call that wrote something: who, when, from what source, why.
CREATE TABLE act (
    id     INTEGER PRIMARY KEY,
    at     TEXT NOT NULL,      -- UTC, never earlier than the act before it
    actor  TEXT NOT NULL,
    what   TEXT NOT NULL,      -- import, field, forget ...
    source TEXT,               -- the file or system that the content came from
    reason TEXT
) STRICT;
