-- org: enterprises, social organisations, agencies (组织).
INSERT INTO kind VALUES (8, 'org', 'id', 'grid', '组织', 'organisation');
INSERT INTO field (kind, name, type, unit, class, required, refers, scheme, form, low, high, label_zh, label_en) VALUES
    ('org', 'id',          'utf8',    NULL, 1, 1, NULL, NULL, NULL, NULL, NULL, '编号', 'organisation id'),
    ('org', 'grid',        'utf8',    NULL, 1, 1, 'grid', NULL, NULL, NULL, NULL, '所属网格', 'grid'),
    ('org', 'credit_code', 'utf8',    NULL, 1, 0, NULL, 'credit_code', 'credit_code', NULL, NULL, '统一社会信用代码', 'unified social credit code'),
    ('org', 'name',        'utf8',    NULL, 1, 0, NULL, NULL, NULL, NULL, NULL, '名称', 'name'),
    ('org', 'type',        'utf8',    NULL, 1, 0, NULL, NULL, NULL, NULL, NULL, '类别', 'type'),
    ('org', 'address',     'utf8',    NULL, 1, 0, NULL, NULL, NULL, NULL, NULL, '地址', 'address'),
    ('org', 'phone',       'utf8',    NULL, 2, 0, NULL, NULL, 'phone', NULL, NULL, '联系方式', 'telephone'),
    ('org', 'legal_name',  'utf8',    NULL, 3, 0, NULL, NULL, 'name', NULL, NULL, '法定代表人', 'legal representative'),
    ('org', 'legal_id',    'utf8',    NULL, 4, 0, NULL, NULL, 'citizen_id', NULL, NULL, '法定代表人证件', 'legal representative''s citizen id'),
    ('org', 'employees',   'int64',   '人', 2, 0, NULL, NULL, NULL, 0, NULL, '员工数', 'employees'),
    ('org', 'hazardous',   'bool',    NULL, 2, 0, NULL, NULL, NULL, NULL, NULL, '是否危化企业', 'hazardous chemicals'),
    ('org', 'hazard',      'utf8',    NULL, 2, 0, NULL, NULL, NULL, NULL, NULL, '安全隐患类型', 'safety hazard'),
    ('org', 'approved_on', 'date',    NULL, 1, 0, NULL, NULL, NULL, NULL, NULL, '批准日期', 'approved on'),
    ('org', 'state',       'utf8',    NULL, 1, 0, NULL, NULL, NULL, NULL, NULL, '状态', 'state'),
    ('org', 'lon',         'float64', 'deg', 1, 0, NULL, NULL, NULL, -180, 180, '经度', 'longitude'),
    ('org', 'lat',         'float64', 'deg', 1, 0, NULL, NULL, NULL, -90, 90, '纬度', 'latitude');
