-- Whether the viewer may see a patient's gap of a measure: its proof is as sensitive as the measure
SELECT g.person FROM mart.gap AS g
WHERE g.person = $person AND g.measure_id = $measure_id AND ($sensitive OR NOT g.sensitive)
  AND g.person IN (SELECT person FROM mart.panel WHERE panel IN (SELECT unnest($panels)) AND person = $person)
LIMIT 1
