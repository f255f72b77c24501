-- fill
WITH fill AS (
    SELECT e.*, s.plan, s.payer, s.member_id, f.quantity_per_day, f.price_per_day, one_of(n.codes, e.stream_key, 'drug') AS ndc_code,
        CASE WHEN draw(e.event_key, 'fate') < 0.015 THEN 'reversed' WHEN draw(e.event_key, 'fate') < 0.03 THEN 'rejected' WHEN draw(e.event_key, 'fate') < 0.031 THEN 'no supply' END AS fate
    FROM generate.event AS e
    JOIN generate.fill AS f USING (care)
    JOIN generate.ndc_list AS n ON n.name = f.drug
    JOIN generate.span AS s ON s.id = e.id AND e.day >= s.start_date AND (s.end_date IS NULL OR e.day <= s.end_date)
    WHERE e.drug IS NOT NULL AND e.day >= $window_start
),
version AS (
    SELECT *, unnest(CASE fate WHEN 'reversed' THEN ['paid', 'reversed'] WHEN 'rejected' THEN ['denied'] ELSE ['paid'] END) AS claim_status FROM fill
)
SELECT 'F' || lpad(to_hex(v.event_key), 16, '0') || CASE WHEN v.claim_status = 'reversed' THEN 'X' ELSE '' END AS claim_id, 1 AS claim_line_number, p.person_id, v.member_id, v.payer, v.plan,
    d.npi AS prescribing_provider_npi, f.npi AS dispensing_provider_npi, v.day AS dispensing_date, v.ndc_code,
    round(v.days_supply * v.quantity_per_day, 1) AS quantity, CASE WHEN fate = 'no supply' THEN 0 ELSE v.days_supply END AS days_supply, 3 AS refills,
    v.day + 14 AS paid_date, CASE v.claim_status WHEN 'paid' THEN 1 WHEN 'reversed' THEN -1 ELSE 0 END * round(v.days_supply * v.price_per_day, 2) AS paid_amount,
    CASE v.claim_status WHEN 'reversed' THEN -1 ELSE 1 END * round(1.1 * v.days_supply * v.price_per_day, 2) AS allowed_amount,
    CASE v.claim_status WHEN 'reversed' THEN -1 ELSE 1 END * round(1.6 * v.days_supply * v.price_per_day, 2) AS charge_amount, 0.0 AS copayment_amount,
    1 AS in_network_flag, v.claim_status, CASE WHEN v.claim_status = 'reversed' THEN 'void' ELSE 'original' END AS adjustment_type,
    CASE WHEN v.claim_status = 'reversed' THEN 'F' || lpad(to_hex(v.event_key), 16, '0') END AS original_claim_id,
    CAST(v.day + 1 AS DATE) AS received_date, 'mso' AS data_source, a.file_date, a.delivery
FROM version AS v
JOIN generate.person AS p USING (id)
JOIN generate.delivery AS a ON a.feed = v.payer || ' claims' AND v.day + 1 BETWEEN a.from_date AND a.to_date
LEFT JOIN generate.clinician_npi AS d ON d.clinician = p.clinician
LEFT JOIN generate.facility_npi AS f ON f.facility = 7 + CAST(v.stream_key % 3 AS INTEGER)
