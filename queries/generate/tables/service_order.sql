-- what was ordered at a visit of a person without a plan
SELECT 'R' || lpad(to_hex(h.item_key), 16, '0') AS service_order_id, h.person_id, 'E' || lpad(to_hex(h.event_key), 16, '0') AS encounter_id, h.day AS authored_date,
    CAST(h.day AS TIMESTAMP) + to_minutes(visit_minutes(h.event_key) + 15) AS authored_instant, CAST(-480 AS SMALLINT) AS authored_offset_minutes, 'instant' AS authored_precision,
    'order' AS intent, 'active' AS status, CASE WHEN h.reason IS NOT NULL THEN [h.reason] END AS reason_codes, [h.coding] AS codes, d.npi AS practitioner_id,
    'ehr' AS record_source, 'mso' AS data_source, a.file_date, a.delivery
FROM generate.charted_item AS h
JOIN generate.delivery AS a ON a.feed = 'Clinical exchange' AND h.day BETWEEN a.from_date AND a.to_date
LEFT JOIN generate.clinician_npi AS d ON d.clinician = h.clinician
WHERE h.form = 'order'
