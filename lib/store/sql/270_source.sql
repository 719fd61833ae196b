-- What several sources say of one record is kept apart and decided by a stated order. A kind with `sources` takes part; the
-- records of one that is `append_only` are never said otherwise. In the kinds' tables the column _act names the act whose
-- content a version holds, where a later act only recorded it again.
ALTER TABLE kind ADD COLUMN sources INTEGER NOT NULL DEFAULT 0;
ALTER TABLE kind ADD COLUMN append_only INTEGER NOT NULL DEFAULT 0;
UPDATE kind SET sources = 1 WHERE name IN ('person', 'household', 'place', 'thing', 'org', 'event');
UPDATE kind SET append_only = 1 WHERE name = 'observation';
-- A row of the log with the kind -1 speaks of a field that was added: its number and the digest of its descriptor.
CREATE INDEX change_fields ON change (version) WHERE kind < 0;
-- authority: whom to believe. Rank 1 comes first; a source without a rank comes after all that have one. '*': all kinds, all
-- fields; what is stated for a kind goes before what is stated for all, a field before a kind.
INSERT INTO kind (number, name, key, scope, label_zh, label_en) VALUES
    (15, 'authority', 'source,kind,field', NULL, '来源权威次序', 'authority of sources');
INSERT INTO field (kind, name, type, class, required, low, label_zh, label_en) VALUES
    ('authority', 'source', 'utf8',  1, 1, NULL, '来源', 'source'),
    ('authority', 'kind',   'utf8',  1, 1, NULL, '种类（* 为全部）', 'kind (*: all)'),
    ('authority', 'field',  'utf8',  1, 1, NULL, '字段（* 为全部）', 'field (*: all)'),
    ('authority', 'rank',   'int64', 1, 0, 1,    '次序', 'rank'),
    ('authority', 'basis',  'utf8',  1, 0, NULL, '依据', 'basis');
-- claim: what one source says of a record that a second source has spoken of, as a JSON object of texts.
INSERT INTO kind (number, name, key, scope, label_zh, label_en) VALUES
    (16, 'claim', 'subject_kind,subject,source', 'subject_kind/subject', '来源说法', 'what a source says');
INSERT INTO field (kind, name, type, class, required, label_zh, label_en) VALUES
    ('claim', 'subject_kind', 'utf8', 2, 1, '主体种类', 'subject''s kind'),
    ('claim', 'subject',      'utf8', 2, 1, '主体', 'subject'),
    ('claim', 'source',       'utf8', 1, 1, '来源', 'source'),
    ('claim', 'said',         'utf8', 4, 0, '说法', 'what it says');
