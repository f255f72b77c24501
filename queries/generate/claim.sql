-- one row a claim as first sent: header facts of an event that the plan of the day covers, and what becomes of the claim.
WITH covered AS (
    SELECT e.*, c.form, c.place, c.bill_type, c.reason, c.chart, c.drg, c.disposition, c.specialty, c.stay_days, s.span_no, s.plan, s.payer, s.member_id, s.price_factor,
        key_of(e.event_key, 'claim') AS claim_key
    FROM generate.event AS e
    JOIN generate.care AS c USING (care)
    JOIN generate.span AS s ON s.id = e.id AND e.day >= s.start_date AND (s.end_date IS NULL OR e.day <= s.end_date)
    WHERE c.form IS NOT NULL AND e.day >= $window_start
),
coded AS (
    SELECT v.*, CASE WHEN v.reason = 'illness' THEN v.illness_code ELSE one_of(r.codes, v.claim_key, 'reason') END AS main_code,
        CASE WHEN v.chart THEN list_transform(list_filter(h.problems, lambda problem: problem.onset_date <= v.day), lambda problem: problem.code) END AS other_codes,
        one_of(d.codes, v.claim_key, 'drg') AS drg_code, one_of(o.codes, v.claim_key, 'disposition') AS disposition_code,
        -- A tenth of the claims arrive after more than two months.
        v.end_day + 4 + CAST(floor(-ln(1 - draw(v.claim_key, 'lag')) * 16) AS INTEGER) + CASE WHEN draw(v.claim_key, 'late') < 0.06 THEN 60 ELSE 0 END AS received_date,
        p.person_id, CASE WHEN v.day < p.move_date THEN p.clinician ELSE p.later_clinician END AS own_clinician
    FROM covered AS v
    JOIN generate.person AS p USING (id)
    LEFT JOIN generate.code_list AS r ON r.name = v.reason
    LEFT JOIN generate.code_list AS d ON d.name = v.drg || ' DRG'
    LEFT JOIN generate.code_list AS o ON o.name = v.disposition
    LEFT JOIN generate.chart AS h ON h.id = v.id
)
SELECT c.id, c.person_id, c.event_key, c.claim_key, c.stream_key, c.care, c.form, c.place, c.bill_type, c.plan, c.payer, c.member_id, c.price_factor, c.day, c.end_day,
    c.drg_code, c.disposition_code, c.stay_days, CAST(c.received_date AS DATE) AS received_date,
    -- The reason of the visit comes first, then the problems of the chart, each once.
    list_slice(list_prepend(coalesce(c.main_code, c.illness_code), coalesce(list_filter(c.other_codes,
        lambda code, place: code <> coalesce(c.main_code, '') AND list_position(c.other_codes, code) = place), [])), 1, 8) AS diagnoses,
    'C' || lpad(to_hex(c.claim_key), 16, '0') AS claim_id,
    CASE WHEN c.specialty IS NULL THEN c.own_clinician ELSE one_of(s.specialists, c.stream_key, 'specialist') END AS clinician,
    CASE WHEN draw(c.claim_key, 'status') < 0.025 THEN 'denied' ELSE 'paid' END AS claim_status, draw(c.claim_key, 'status') < 0.3 AS waits,
    CASE WHEN draw(c.claim_key, 'fate') < 0.012 THEN 'replaced' WHEN draw(c.claim_key, 'fate') < 0.015 THEN 'voided' WHEN draw(c.claim_key, 'fate') < 0.016 THEN 'sent twice' END AS fate
FROM coded AS c LEFT JOIN generate.specialist_list AS s ON s.specialty = c.specialty
WHERE c.received_date <= $as_of
