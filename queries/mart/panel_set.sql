-- panel_set: one row per set of panels that people share, and panel in it: the way from a viewer's panels to counts, each person once
-- whole
SELECT DISTINCT panel_set, unnest(panels) AS panel
FROM (SELECT DISTINCT panel_set, panels FROM panels_of('coded.person', 'coded.attribution', $as_of))
