-- one row a coverage span of a person: most are covered throughout, some join late, leave, have a gap or switch plans at New Year.
WITH drawn AS (
    SELECT p.*,
        greatest(birth_date, CAST(CASE WHEN draw(key, 'joins') < 0.76 THEN $window_start - 90 - draw_days(key, 'joined', 2500)
            ELSE date_trunc('month', $window_start + draw_days(key, 'join day', $days)) END AS DATE)) AS first_day,
        least(death_date, CASE WHEN draw(key, 'leaves') < 0.13 THEN last_day($window_start + draw_days(key, 'leave day', $days)) END) AS last_day,
        draw(key, 'churn') AS churn
    FROM generate.person AS p
    WHERE NOT uninsured
),
cut AS (
    SELECT *,
        CAST(CASE WHEN churn < 0.05 THEN date_trunc('month', $window_start + draw_days(key, 'gap day', $days))
            WHEN churn < 0.12 THEN date_trunc('year', $as_of - 365 * draw_days(key, 'switch year', 2)) END AS DATE) AS cut_date,
        CASE WHEN churn < 0.05 THEN 5 + draw_days(key, 'gap days', 150) ELSE 0 END AS gap_days,
        CASE WHEN churn >= 0.05 AND churn < 0.12 THEN (SELECT list(plan ORDER BY plan) FROM generate.plan AS o WHERE o.payer_type = drawn.product_line OR o.product_line = drawn.product_line)
            END AS other_plans
    FROM drawn
),
parted AS (
    SELECT *, coalesce(cut_date > first_day AND (last_day IS NULL OR cut_date + gap_days <= last_day), false) AS in_two FROM cut
),
spans AS (
    SELECT *, unnest(CASE WHEN in_two
        THEN [{no: 1, from_date: first_day, to_date: cut_date - 1, plan: plan},
              {no: 2, from_date: cut_date + gap_days, to_date: last_day, plan: coalesce(one_of(other_plans, key, 'other plan'), plan)}]
        ELSE [{no: 1, from_date: first_day, to_date: last_day, plan: plan}] END) AS span
    FROM parted
)
SELECT s.id, s.key, span.no AS span_no, span.plan, p.payer, p.payer_type, p.product_line, p.contract_id, p.price_factor,
    CAST(span.from_date AS DATE) AS start_date, CAST(span.to_date AS DATE) AS end_date,
    upper(left(p.payer, 2)) || CAST(100000000 + s.id AS VARCHAR) AS member_id
FROM spans AS s JOIN generate.plan AS p ON p.plan = span.plan
WHERE span.to_date IS NULL OR span.to_date >= span.from_date
