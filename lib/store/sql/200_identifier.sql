-- identifier: further codes of a record (一码通用): any scheme, any kind, with validity.
INSERT INTO kind VALUES (11, 'identifier', 'scheme,value', 'subject_kind/subject', '标识', 'identifier');
INSERT INTO field (kind, name, type, class, required, label_zh, label_en) VALUES
    ('identifier', 'scheme',       'utf8', 2, 1, '标识体系', 'scheme'),
    ('identifier', 'value',        'utf8', 2, 1, '标识值', 'value'),
    ('identifier', 'subject_kind', 'utf8', 2, 1, '主体种类', 'subject''s kind'),
    ('identifier', 'subject',      'utf8', 2, 1, '主体', 'subject');
