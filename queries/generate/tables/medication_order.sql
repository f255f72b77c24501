-- prescription of a person without a plan: a long treatment once a year, a short one each time, and what a visit led to
WITH prescribed AS (
    SELECT key_of(e.event_key, 'order') AS order_key, p.person_id, e.day, e.days_supply, e.days_supply <= 21 AND (f.short OR e.days_supply = 7) AS once,
        one_of(c.codings, e.stream_key, 'drug') AS coding, CASE WHEN e.day < p.move_date THEN p.clinician ELSE p.later_clinician END AS clinician
    FROM generate.event AS e
    JOIN generate.person AS p USING (id)
    JOIN generate.fill AS f USING (care)
    JOIN generate.coding_list AS c ON c.name = f.drug
    WHERE p.uninsured AND e.drug IS NOT NULL AND e.day >= $window_start
    QUALIFY once OR row_number() OVER (PARTITION BY e.stream_key, year(e.day) ORDER BY e.day, e.event_key) = 1
    UNION ALL BY NAME
    SELECT h.item_key AS order_key, h.person_id, h.day, 30 AS days_supply, false AS once, h.coding, h.clinician
    FROM generate.charted_item AS h
    WHERE h.form = 'prescription'
)
SELECT 'M' || lpad(to_hex(o.order_key), 16, '0') AS medication_order_id, o.person_id, o.day AS authored_date,
    CAST(o.day AS TIMESTAMP) + to_minutes(visit_minutes(o.order_key) + 15) AS authored_instant, CAST(-480 AS SMALLINT) AS authored_offset_minutes, 'instant' AS authored_precision,
    'order' AS intent, o.day AS course_start_date, 'day' AS course_start_precision, o.days_supply, o.day AS bounds_start_date, 'day' AS bounds_start_precision,
    CAST(o.day + CASE WHEN o.once THEN o.days_supply ELSE 365 END - 1 AS DATE) AS bounds_end_date, 'day' AS bounds_end_precision, CASE WHEN o.once THEN 0 ELSE 3 END AS refills,
    CASE WHEN o.once THEN 'completed' ELSE 'active' END AS status, [o.coding] AS codes, d.npi AS practitioner_id, 'ehr' AS record_source, 'mso' AS data_source, a.file_date, a.delivery
FROM prescribed AS o
JOIN generate.delivery AS a ON a.feed = 'Clinical exchange' AND o.day BETWEEN a.from_date AND a.to_date
LEFT JOIN generate.clinician_npi AS d ON d.clinician = o.clinician
