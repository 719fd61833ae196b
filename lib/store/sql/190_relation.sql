-- relation: subject, predicate, object, with validity. `placed_in` puts a record into a second tree (条) of grids.
INSERT INTO kind VALUES (10, 'relation', 'subject_kind,subject,predicate,object_kind,object', 'subject_kind/subject,object_kind/object', '关系', 'relation');
INSERT INTO field (kind, name, type, class, required, label_zh, label_en) VALUES
    ('relation', 'subject_kind', 'utf8', 2, 1, '主体种类', 'subject''s kind'),
    ('relation', 'subject',      'utf8', 2, 1, '主体', 'subject'),
    ('relation', 'predicate',    'utf8', 2, 1, '关系', 'predicate'),
    ('relation', 'object_kind',  'utf8', 2, 1, '客体种类', 'object''s kind'),
    ('relation', 'object',       'utf8', 2, 1, '客体', 'object'),
    ('relation', 'note',         'utf8', 3, 0, '说明', 'note');
