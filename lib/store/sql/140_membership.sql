-- membership: who belongs to which household, from when to when, in which relation to its head (GB/T 4761).
INSERT INTO kind VALUES (5, 'membership', 'household,person', 'household>household,person>person', '家庭成员', 'household membership');
INSERT INTO field (kind, name, type, class, required, refers, label_zh, label_en) VALUES
    ('membership', 'household', 'utf8', 2, 1, 'household', '家庭编号', 'household'),
    ('membership', 'person',    'utf8', 2, 1, 'person', '人员编号', 'person'),
    ('membership', 'relation',  'utf8', 3, 0, NULL, '与户主关系', 'relation to head'),
    ('membership', 'registered', 'bool', 3, 0, NULL, '户籍在此', 'registered here'),
    ('membership', 'living',    'bool', 3, 0, NULL, '共同生活', 'lives here');
