-- field: the one descriptor of what the kinds hold.
CREATE TABLE field (
    number   INTEGER PRIMARY KEY,
    kind     TEXT NOT NULL REFERENCES kind (name),
    name     TEXT NOT NULL,
    type     TEXT NOT NULL CHECK (type IN ('utf8', 'int64', 'float64', 'bool', 'date', 'timestamp')),
    unit     TEXT,
    code_set TEXT,              -- 'value=label;value=label'; null: any value
    class    INTEGER NOT NULL CHECK (class BETWEEN 1 AND 4), -- public, internal, personal, sensitive
    required INTEGER NOT NULL DEFAULT 0,
    refers   TEXT,              -- the kind that the value is a key of
    scheme   TEXT,              -- the identifier scheme, if records can be found by this field
    form     TEXT,              -- how it is checked and masked: citizen_id, credit_code, division, name, phone ...
    low      REAL,
    high     REAL,
    label_zh TEXT,
    label_en TEXT,
    UNIQUE (kind, name)
) STRICT;
