-- event: incidents, hotline tickets, reports (事), with the channel that discovered them: sensor 智能, patrol 主动, citizen 被动.
INSERT INTO kind VALUES (9, 'event', 'id', 'grid', '事', 'event');
INSERT INTO field (kind, name, type, unit, code_set, class, required, refers, form, low, high, label_zh, label_en) VALUES
    ('event', 'id',          'utf8',      NULL, NULL, 2, 1, NULL, NULL, NULL, NULL, '事件编号', 'event id'),
    ('event', 'class',       'utf8',      NULL, NULL, 1, 1, NULL, NULL, NULL, NULL, '事件类别', 'event class'),
    ('event', 'time',        'timestamp', NULL, NULL, 1, 1, NULL, NULL, NULL, NULL, '发生时间', 'time'),
    ('event', 'grid',        'utf8',      NULL, NULL, 1, 1, 'grid', NULL, NULL, NULL, '所属网格', 'grid'),
    ('event', 'channel',     'utf8',      NULL, 'sensor=智能发现;patrol=主动发现;citizen=被动发现', 1, 0, NULL, NULL, NULL, NULL, '发现渠道', 'channel of discovery'),
    ('event', 'place',       'utf8',      NULL, NULL, 2, 0, NULL, NULL, NULL, NULL, '发生地点', 'place'),
    ('event', 'title',       'utf8',      NULL, NULL, 2, 0, NULL, NULL, NULL, NULL, '名称', 'title'),
    ('event', 'description', 'utf8',      NULL, NULL, 3, 0, NULL, NULL, NULL, NULL, '简述', 'description'),
    ('event', 'scale',       'utf8',      NULL, '01=个体性事件;02=一般群体性事件;03=重大群体性事件', 2, 0, NULL, NULL, NULL, NULL, '事件规模', 'scale'),
    ('event', 'people',      'int64',     '人', NULL, 2, 0, NULL, NULL, 0, NULL, '涉及人数', 'people concerned'),
    ('event', 'stage',       'utf8',      NULL, NULL, 2, 0, NULL, NULL, NULL, NULL, '处理阶段', 'stage'),
    ('event', 'reporter',    'utf8',      NULL, NULL, 3, 0, NULL, 'name', NULL, NULL, '上报人', 'reporter'),
    ('event', 'lon',         'float64',   'deg', NULL, 1, 0, NULL, NULL, -180, 180, '经度', 'longitude'),
    ('event', 'lat',         'float64',   'deg', NULL, 1, 0, NULL, NULL, -90, 90, '纬度', 'latitude');
