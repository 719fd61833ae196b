-- score: a need model's result for one household. Not an eligibility decision.
INSERT INTO kind VALUES (13, 'score', 'household,model,as_of', 'household>household', '困境评分', 'need score');
INSERT INTO field (kind, name, type, class, required, refers, low, high, label_zh, label_en) VALUES
    ('score', 'household',     'utf8',    2, 1, 'household', NULL, NULL, '家庭编号', 'household'),
    ('score', 'model',         'utf8',    2, 1, NULL, NULL, NULL, '模型', 'model'),
    ('score', 'as_of',         'date',    2, 1, NULL, NULL, NULL, '评估日期', 'as of'),
    ('score', 'fingerprint',   'utf8',    2, 1, NULL, NULL, NULL, '模型指纹', 'fingerprint of the model'),
    ('score', 'score',         'float64', 3, 0, NULL, 0, 1, '评分', 'score'),
    ('score', 'score_high',    'float64', 3, 0, NULL, 0, 1, '评分上界', 'upper bound'),
    ('score', 'coverage',      'float64', 3, 0, NULL, 0, 1, '数据完备度', 'coverage'),
    ('score', 'tier',          'utf8',    3, 0, NULL, NULL, NULL, '困境等级', 'tier'),
    ('score', 'tier_high',     'utf8',    3, 0, NULL, NULL, NULL, '等级上界', 'tier of the upper bound'),
    ('score', 'status',        'utf8',    3, 0, NULL, NULL, NULL, '状态', 'status'),
    ('score', 'deprived_mask', 'int64',   4, 0, NULL, NULL, NULL, '困境指标', 'deprived indicators'),
    ('score', 'missing_mask',  'int64',   3, 0, NULL, NULL, NULL, '缺失指标', 'missing indicators');
