-- trend_panel_set: one row per set of panels that people of any month of the trend share, and panel in it: the way from a viewer's panels to mart.trend
-- whole
SELECT panel_set, panel FROM history.panel_set
UNION
SELECT panel_set, panel FROM history.past_panel_set
