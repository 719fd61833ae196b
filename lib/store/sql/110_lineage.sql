-- lineage: what a grid became. `share` is the part of the old grid's figures that goes to the new one.
INSERT INTO kind VALUES (2, 'lineage', 'from_grid,to_grid,on_date', NULL, '网格沿革', 'grid lineage');
INSERT INTO field (kind, name, type, code_set, class, required, low, high, label_zh, label_en) VALUES
    ('lineage', 'from_grid', 'utf8',    NULL, 1, 1, NULL, NULL, '原网格', 'from grid'),
    ('lineage', 'to_grid',   'utf8',    NULL, 1, 1, NULL, NULL, '新网格', 'to grid'),
    ('lineage', 'on_date',   'date',    NULL, 1, 1, NULL, NULL, '日期', 'date'),
    ('lineage', 'change',    'utf8',    'became=更名或改码;split=拆分;absorbed=并入', 1, 1, NULL, NULL, '变动', 'change'),
    ('lineage', 'share',     'float64', NULL, 1, 0, 0, 1, '份额', 'share'),
    ('lineage', 'evidence',  'utf8',    NULL, 1, 0, NULL, NULL, '依据', 'evidence');
