-- panel_set: one row per set of panels that people of this build share, and panel in it
SELECT DISTINCT panel_set, unnest(panels) AS panel
FROM (SELECT DISTINCT panel_set, panels FROM panels_of('coded.person', 'coded.attribution', $as_of))
