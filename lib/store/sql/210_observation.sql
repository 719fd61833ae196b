-- observation: one reading or indicator: subject, variable, time, value, source.
INSERT INTO kind VALUES (12, 'observation', 'subject_kind,subject,variable,time,source', 'subject_kind/subject', '观测', 'observation');
INSERT INTO field (kind, name, type, class, required, label_zh, label_en) VALUES
    ('observation', 'subject_kind', 'utf8',      2, 1, '主体种类', 'subject''s kind'),
    ('observation', 'subject',      'utf8',      2, 1, '主体', 'subject'),
    ('observation', 'variable',     'utf8',      2, 1, '变量', 'variable'),
    ('observation', 'time',         'timestamp', 2, 1, '时间', 'time'),
    ('observation', 'source',       'utf8',      2, 1, '来源', 'source'),
    ('observation', 'value',        'float64',   3, 0, '数值', 'value'),
    ('observation', 'text',         'utf8',      3, 0, '文本值', 'text');
