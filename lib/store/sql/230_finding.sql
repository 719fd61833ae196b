-- finding: a trend analyser's result for one series of one grid.
INSERT INTO kind VALUES (14, 'finding', 'grid,series,method,as_of', 'grid', '趋势发现', 'trend finding');
INSERT INTO field (kind, name, type, class, required, refers, low, high, label_zh, label_en) VALUES
    ('finding', 'grid',        'utf8',    1, 1, 'grid', NULL, NULL, '网格', 'grid'),
    ('finding', 'series',      'utf8',    1, 1, NULL, NULL, NULL, '序列', 'series'),
    ('finding', 'method',      'utf8',    1, 1, NULL, NULL, NULL, '方法', 'method'),
    ('finding', 'as_of',       'date',    1, 1, NULL, NULL, NULL, '截至日期', 'as of'),
    ('finding', 'fingerprint', 'utf8',    1, 1, NULL, NULL, NULL, '指纹', 'fingerprint of method and options'),
    ('finding', 'direction',   'utf8',    1, 0, NULL, NULL, NULL, '方向', 'direction'),
    ('finding', 'observed',    'float64', 1, 0, NULL, NULL, NULL, '观测值', 'observed'),
    ('finding', 'expected',    'float64', 1, 0, NULL, NULL, NULL, '期望值', 'expected'),
    ('finding', 'statistic',   'float64', 1, 0, NULL, NULL, NULL, '统计量', 'statistic'),
    ('finding', 'slope',       'float64', 1, 0, NULL, NULL, NULL, '斜率', 'slope'),
    ('finding', 'p',           'float64', 1, 0, NULL, 0, 1, 'p 值', 'p value'),
    ('finding', 'q',           'float64', 1, 0, NULL, 0, 1, '校正 p 值', 'p value adjusted for many tests'),
    ('finding', 'detail',      'utf8',    1, 0, NULL, NULL, NULL, '说明', 'detail');
