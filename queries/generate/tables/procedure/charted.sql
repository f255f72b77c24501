-- what was done or advised at a visit of a person without a plan
SELECT 'P' || lpad(to_hex(h.item_key), 16, '0') AS procedure_id, h.person_id, 'E' || lpad(to_hex(h.event_key), 16, '0') AS encounter_id, h.day AS procedure_date,
    CAST(h.day AS TIMESTAMP) + to_minutes(visit_minutes(h.event_key) + 15) AS performed_instant, CAST(-480 AS SMALLINT) AS performed_offset_minutes, 'instant' AS performed_precision,
    h.day AS performed_end_date, CAST(h.day AS TIMESTAMP) + to_minutes(visit_minutes(h.event_key) + 15) AS performed_end_instant,
    CAST(-480 AS SMALLINT) AS performed_end_offset_minutes, 'instant' AS performed_end_precision,
    source_type(h.coding.code_system) AS source_code_type, h.coding.code AS source_code, h.item AS source_description,
    CASE WHEN h.reason IS NOT NULL THEN [h.reason] END AS reason_codes, 'completed' AS status, 'ehr' AS record_source, 'mso' AS data_source, a.file_date, a.delivery
FROM generate.charted_item AS h
JOIN generate.delivery AS a ON a.feed = 'Clinical exchange' AND h.day BETWEEN a.from_date AND a.to_date
WHERE h.form = 'procedure'
