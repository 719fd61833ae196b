-- grid: a node of a tree. Level (city ... grid) and kind (residential area, park, station ...) are kept apart; the middle
-- grids of a district have no national code, so the tree is in `parent` and not in the digits.
INSERT INTO kind VALUES (1, 'grid', 'code', 'code', '网格', 'grid');
INSERT INTO field (kind, name, type, unit, class, required, refers, form, low, high, label_zh, label_en) VALUES
    ('grid', 'code',       'utf8',    NULL,  1, 1, NULL,   'grid_code', NULL, NULL, '网格编码', 'code'),
    ('grid', 'name',       'utf8',    NULL,  1, 1, NULL,   NULL, NULL, NULL, '名称', 'name'),
    ('grid', 'level',      'utf8',    NULL,  1, 1, NULL,   NULL, NULL, NULL, '层级', 'level'),
    ('grid', 'kind',       'utf8',    NULL,  1, 0, NULL,   NULL, NULL, NULL, '类别', 'kind'),
    ('grid', 'parent',     'utf8',    NULL,  1, 0, 'grid', NULL, NULL, NULL, '上级网格', 'parent grid'),
    ('grid', 'population', 'int64',   '人',  1, 0, NULL,   NULL, 0, NULL, '人口', 'population'),
    ('grid', 'area',       'float64', 'm2',  1, 0, NULL,   NULL, 0, NULL, '面积', 'area'),
    ('grid', 'manager',    'utf8',    NULL,  3, 0, NULL,   'name', NULL, NULL, '网格长', 'grid manager'),
    ('grid', 'lon',        'float64', 'deg', 1, 0, NULL,   NULL, -180, 180, '经度', 'longitude'),
    ('grid', 'lat',        'float64', 'deg', 1, 0, NULL,   NULL, -90, 90, '纬度', 'latitude'),
    ('grid', 'boundary',   'utf8',    NULL,  1, 0, NULL,   NULL, NULL, NULL, '边界(WKT)', 'boundary (WKT)');
