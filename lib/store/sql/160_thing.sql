-- thing: components and devices (物, 部件). The class is open: 2 + 3 digits of GB/T 30428.2 or a local extension.
INSERT INTO kind VALUES (7, 'thing', 'id', 'grid', '物', 'thing');
INSERT INTO field (kind, name, type, unit, code_set, class, required, refers, scheme, form, low, high, label_zh, label_en) VALUES
    ('thing', 'id',             'utf8',    NULL, NULL, 1, 1, NULL, NULL, NULL, NULL, NULL, '编号', 'thing id'),
    ('thing', 'grid',           'utf8',    NULL, NULL, 1, 1, 'grid', NULL, NULL, NULL, NULL, '所属网格', 'grid'),
    ('thing', 'component_code', 'utf8',    NULL, NULL, 1, 0, NULL, 'component_code', NULL, NULL, NULL, '部件标识码', 'component code'),
    ('thing', 'type',           'utf8',    NULL, NULL, 1, 0, NULL, NULL, NULL, NULL, NULL, '类别', 'type'),
    ('thing', 'name',           'utf8',    NULL, NULL, 1, 0, NULL, NULL, NULL, NULL, NULL, '名称', 'name'),
    ('thing', 'authority_code', 'utf8',    NULL, NULL, 1, 0, NULL, NULL, 'credit_code', NULL, NULL, '主管部门代码', 'authority''s credit code'),
    ('thing', 'authority',      'utf8',    NULL, NULL, 1, 0, NULL, NULL, NULL, NULL, NULL, '主管部门', 'authority'),
    ('thing', 'owner',          'utf8',    NULL, NULL, 1, 0, NULL, NULL, NULL, NULL, NULL, '权属单位', 'owner'),
    ('thing', 'maintainer',     'utf8',    NULL, NULL, 1, 0, NULL, NULL, NULL, NULL, NULL, '养护单位', 'maintainer'),
    ('thing', 'state',          'utf8',    NULL, '完好=good;破损=damaged;丢失=lost;废弃=abandoned', 1, 0, NULL, NULL, NULL, NULL, NULL, '状态', 'state'),
    ('thing', 'survey',         'utf8',    NULL, '实测=measured;人工上报=reported;普查=census', 1, 0, NULL, NULL, NULL, NULL, NULL, '数据来源', 'how surveyed'),
    ('thing', 'accuracy',       'utf8',    NULL, 'A=0.5 m;B=1.0 m;C=10.0 m', 1, 0, NULL, NULL, NULL, NULL, NULL, '定位精度', 'positional accuracy'),
    ('thing', 'lon',            'float64', 'deg', NULL, 1, 0, NULL, NULL, NULL, -180, 180, '经度', 'longitude'),
    ('thing', 'lat',            'float64', 'deg', NULL, 1, 0, NULL, NULL, NULL, -90, 90, '纬度', 'latitude');
