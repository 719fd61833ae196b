-- change: the append-only log, a hash chain. Every version added, ended or erased is one row.
CREATE TABLE change (
    seq     INTEGER PRIMARY KEY, -- 1, 2, 3 ... without a gap
    act     INTEGER NOT NULL REFERENCES act (id),
    kind    INTEGER NOT NULL,    -- kind.number; 0: the act itself
    version INTEGER NOT NULL,    -- the row of the kind's table; for kind 0 the act's id
    op      INTEGER NOT NULL CHECK (op BETWEEN 1 AND 3), -- 1 added, 2 ended, 3 content erased
    digest  BLOB,                -- SHA-256 of the version's salt and content (op 1)
    hash    BLOB NOT NULL        -- SHA-256 of the row before's hash and this row
) STRICT;
CREATE INDEX change_ends ON change (kind, version) WHERE op > 1;
CREATE TRIGGER change_is_append_only_update BEFORE UPDATE ON change
BEGIN SELECT raise(ABORT, 'the change log is append-only'); END;
CREATE TRIGGER change_is_append_only_delete BEFORE DELETE ON change
BEGIN SELECT raise(ABORT, 'the change log is append-only'); END;
