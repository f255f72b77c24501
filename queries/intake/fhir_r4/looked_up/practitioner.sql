-- one row per practitioner: its NPI
SELECT scope || id AS practitioner_id, any_value(list_filter(identifier, lambda i: ends_with(i.system, 'us-npi'))[1]."value") AS npi
FROM resource WHERE id IS NOT NULL GROUP BY ALL
