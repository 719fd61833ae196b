-- place: houses, buildings, schools, premises, plots (地).
INSERT INTO kind VALUES (6, 'place', 'id', 'grid', '地', 'place');
INSERT INTO field (kind, name, type, unit, code_set, class, required, refers, scheme, form, low, high, label_zh, label_en) VALUES
    ('place', 'id',          'utf8',    NULL, NULL, 2, 1, NULL, NULL, NULL, NULL, NULL, '编号', 'place id'),
    ('place', 'grid',        'utf8',    NULL, NULL, 1, 1, 'grid', NULL, NULL, NULL, NULL, '所属网格', 'grid'),
    ('place', 'type',        'utf8',    NULL, NULL, 1, 0, NULL, NULL, NULL, NULL, NULL, '类型', 'type'),
    ('place', 'name',        'utf8',    NULL, NULL, 1, 0, NULL, NULL, NULL, NULL, NULL, '名称', 'name'),
    ('place', 'address',     'utf8',    NULL, NULL, 2, 0, NULL, NULL, NULL, NULL, NULL, '地址', 'address'),
    ('place', 'purpose',     'utf8',    NULL, NULL, 2, 0, NULL, NULL, NULL, NULL, NULL, '用途', 'purpose'),
    ('place', 'area',        'float64', 'm2', NULL, 2, 0, NULL, NULL, NULL, 0, NULL, '面积', 'area'),
    ('place', 'storeys',     'int64',   NULL, NULL, 2, 0, NULL, NULL, NULL, 0, NULL, '层数', 'storeys'),
    ('place', 'occupancy',   'utf8',    NULL, 'owner=自住;let=出租;vacant=空置', 2, 0, NULL, NULL, NULL, NULL, NULL, '状态', 'occupancy'),
    ('place', 'hazard',      'utf8',    NULL, NULL, 2, 0, NULL, NULL, NULL, NULL, NULL, '隐患类型', 'hazard'),
    ('place', 'owner_id',    'utf8',    NULL, NULL, 4, 0, NULL, NULL, 'citizen_id', NULL, NULL, '房主证件号码', 'owner''s citizen id'),
    ('place', 'owner_name',  'utf8',    NULL, NULL, 3, 0, NULL, NULL, 'name', NULL, NULL, '房主姓名', 'owner''s name'),
    ('place', 'owner_phone', 'utf8',    NULL, NULL, 3, 0, NULL, NULL, 'phone', NULL, NULL, '房主联系方式', 'owner''s telephone'),
    ('place', 'manager',     'utf8',    NULL, NULL, 3, 0, NULL, NULL, 'name', NULL, NULL, '负责人', 'person in charge'),
    ('place', 'authority',   'utf8',    NULL, NULL, 2, 0, NULL, NULL, NULL, NULL, NULL, '主管单位', 'authority'),
    ('place', 'lon',         'float64', 'deg', NULL, 2, 0, NULL, NULL, NULL, -180, 180, '经度', 'longitude'),
    ('place', 'lat',         'float64', 'deg', NULL, 2, 0, NULL, NULL, NULL, -90, 90, '纬度', 'latitude');
