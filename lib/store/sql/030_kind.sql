-- kind: what a store holds records of. Each kind has a table rows_of_NAME, made from its fields, with the columns
-- version, key, valid_from, valid_to, added, ended, salt.
CREATE TABLE kind (
    number   INTEGER PRIMARY KEY,
    name     TEXT NOT NULL UNIQUE,
    key      TEXT NOT NULL, -- the field that names a record; several, joined by commas: their values joined by |
    scope    TEXT,          -- the field that places a record: a grid's code ('grid'), or 'field>kind': where that record is;
                            -- 'a/b' : field b is the key of a record of the kind named in field a; several by commas: all must be in scope
    label_zh TEXT NOT NULL,
    label_en TEXT NOT NULL
) STRICT;
