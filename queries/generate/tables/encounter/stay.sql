-- hospital stay as the hospital tells the exchange when the person goes home, weeks before the claim comes
SELECT 'H' || lpad(to_hex(e.event_key), 16, '0') AS encounter_id, p.person_id, 'inpatient' AS encounter_type, e.day AS encounter_start_date, e.end_day AS encounter_end_date,
    'day' AS encounter_start_precision, 'day' AS encounter_end_precision, CAST(e.end_day - e.day AS INTEGER) AS length_of_stay, f.npi AS facility_id, n.name AS facility_name,
    'finished' AS status, c.encounter AS encounter_class, 'mso' AS data_source, a.file_date, a.delivery
FROM generate.event AS e
JOIN generate.care AS c USING (care)
JOIN generate.person AS p USING (id)
JOIN generate.delivery AS a ON a.feed = 'Clinical exchange' AND e.end_day BETWEEN a.from_date AND a.to_date
JOIN generate.facility_npi AS f ON f.facility = 1 + CAST(e.event_key % 6 AS INTEGER)
JOIN generate.facility AS n ON n.facility = f.facility
WHERE NOT p.uninsured AND c.stay_days > 0 AND e.day >= $window_start
