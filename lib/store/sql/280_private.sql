-- A further identifier may be that of a person (a passport), so its value is masked like an account number. What a grid
-- became is told to those who see the grid that came of it.
UPDATE field SET class = 4, form = 'account' WHERE kind = 'identifier' AND name = 'value';
UPDATE kind SET scope = 'to_grid' WHERE name = 'lineage';
