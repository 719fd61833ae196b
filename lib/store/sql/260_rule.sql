-- rule: what the fields of one record, and records among each other, must agree on. `past`: the day (of a citizen id: the
-- birth) is not to come. `unique`: no two records have the value on the same day. `birth_of`, `sex_of`: what the citizen
-- id in the field `other` says.
CREATE TABLE rule (
    number INTEGER PRIMARY KEY,
    kind   TEXT NOT NULL REFERENCES kind (name),
    name   TEXT NOT NULL CHECK (name IN ('past', 'unique', 'birth_of', 'sex_of')),
    field  TEXT NOT NULL,
    other  TEXT,
    UNIQUE (kind, name, field)
) STRICT;
INSERT INTO rule (kind, name, field, other) VALUES
    ('person', 'past', 'citizen_id', NULL),
    ('person', 'past', 'birth_date', NULL),
    ('person', 'birth_of', 'birth_date', 'citizen_id'),
    ('person', 'sex_of', 'sex', 'citizen_id'),
    ('person', 'unique', 'citizen_id', NULL),
    ('org', 'past', 'approved_on', NULL),
    ('event', 'past', 'time', NULL);
