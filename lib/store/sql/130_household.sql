-- household: a thing of its own, in three views: registered (户籍户), dwelling (居住户), assistance (救助家庭, who live
-- together; the one that is scored). Registered and living together differ: that is why someone in need is missed.
INSERT INTO kind VALUES (4, 'household', 'id', 'grid', '户', 'household');
INSERT INTO field (kind, name, type, unit, code_set, class, required, refers, scheme, form, low, label_zh, label_en) VALUES
    ('household', 'id',           'utf8',  NULL, NULL, 2, 1, NULL, NULL, NULL, NULL, '家庭编号', 'household id'),
    ('household', 'grid',         'utf8',  NULL, NULL, 1, 1, 'grid', NULL, NULL, NULL, '所属网格', 'grid'),
    ('household', 'view',         'utf8',  NULL, 'registered=户籍户;dwelling=居住户;assistance=救助家庭', 2, 0, NULL, NULL, NULL, NULL, '户的口径', 'view'),
    ('household', 'household_no', 'utf8',  NULL, NULL, 3, 0, NULL, 'household_no', NULL, NULL, '户号', 'household number'),
    ('household', 'head',         'utf8',  NULL, NULL, 3, 0, NULL, NULL, NULL, NULL, '户主', 'head'),
    ('household', 'head_name',    'utf8',  NULL, NULL, 3, 0, NULL, NULL, 'name', NULL, '户主姓名', 'name of head'),
    ('household', 'address',      'utf8',  NULL, NULL, 3, 0, NULL, NULL, 'address', NULL, '地址', 'address'),
    ('household', 'phone',        'utf8',  NULL, NULL, 3, 0, NULL, NULL, 'phone', NULL, '联系方式', 'telephone'),
    ('household', 'members',      'int64', '人', NULL, 2, 0, NULL, NULL, NULL, 0, '人数', 'members');
