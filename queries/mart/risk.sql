-- risk: one row per person with a visit or claim in two years, or Medicare, a prediction or a plan's score. tier, moved: what screens show, by the predicted chance of an
-- admission where a valid model scored the person (by_prediction), else by the illnesses on claims. Charlson index now and a year ago, its tier (0 low, 1 to 2
-- medium, 3 to 4 high, 5 or more very high: Charlson 1987), or why there is none (untiered), Elixhauser; for Medicare people the raw V28 score of this service year
-- and the last, the last by V24, and what was said of this year's a year ago; for those with Part D the raw RxHCC score; or why there is none
-- sorted by person
-- per person
WITH predicted AS (
    FROM predicted_risk('extract.prediction', 'extract.prediction_model', $as_of) SEMI JOIN coded.person USING (person)
),
known AS (
    SELECT DISTINCT person FROM result.contact WHERE start_date BETWEEN CAST($as_of AS DATE) - 730 AND CAST($as_of AS DATE)
    UNION SELECT person FROM coded.diagnosed_year
    UNION SELECT person FROM result.risk_score
    UNION SELECT person FROM coded.plan_score
    UNION SELECT person FROM predicted
),
index AS (
    SELECT person, max(score) FILTER (of_index = 'charlson' AND year = year($as_of)) AS charlson, max(score) FILTER (of_index = 'charlson' AND year < year($as_of)) AS charlson_before,
        max(score) FILTER (of_index = 'elixhauser' AND year = year($as_of)) AS elixhauser, any_value(titles) FILTER (of_index = 'charlson' AND year = year($as_of)) AS conditions
    FROM result.comorbidity GROUP BY person
),
unread AS (
    SELECT person FROM coded.diagnosed_year WHERE year >= year($as_of) - 1 GROUP BY person HAVING NOT bool_or(readable)
),
-- A plan's own scores (CDPS+Rx, HHS-HCC): as sent, the newest of a model and the one before.
planned AS (
    SELECT person, list({'model': model, 'model_version': model_version, 'plan': plan, 'score': newest[1].score, 'score_date': newest[1].score_date, 'before': newest[2].score,
        'before_date': newest[2].score_date} ORDER BY model, model_version, plan) AS plan_scores
    FROM (SELECT person, model, model_version, plan, list({'score': score, 'score_date': score_date} ORDER BY score_date DESC, source_row DESC) AS newest
        FROM coded.plan_score GROUP BY person, model, model_version, plan)
    GROUP BY person
),
score AS (
    SELECT person, any_value(release) FILTER (now) AS release, any_value(segment) FILTER (now) AS segment, any_value(segment) FILTER (before) AS segment_before, any_value(raw_score) FILTER (now) AS raw_score,
        any_value(raw_score) FILTER (before) AS raw_score_before, any_value(raw_score) FILTER (model = 'V24') AS raw_score_before_v24,
        any_value(not_scoreable) FILTER (now) AS not_scoreable, bool_or(now) AS is_medicare, any_value(release) FILTER (of_drugs) AS rx_release,
        any_value(segment) FILTER (of_drugs) AS rx_segment, any_value(raw_score) FILTER (of_drugs) AS rx_score, any_value(not_scoreable) FILTER (of_drugs) AS rx_not_scoreable
    FROM (SELECT *, model = 'V28' AND service_year = year($as_of) AS now, model = 'V28' AND service_year < year($as_of) AS before, model LIKE 'RxHCC%' AS of_drugs FROM result.risk_score)
    GROUP BY person
),
-- The score of a year not over is fairly compared with what was said of the year before at this time of it.
year_ago AS (SELECT person, raw_score AS score_year_ago, split_part(release, '-', 1) AS model, tier AS tier_year_ago FROM history.past_risk WHERE year_ago_date IS NOT NULL)
SELECT k.person, i.charlson, i.charlson_before, risk_shown(d.tier, i.charlson) AS tier, d.tier IS NOT NULL AS by_prediction, d.probability, d.earlier_probability,
    CASE WHEN d.tier IS NOT NULL THEN d.moved ELSE risk_moved(i.charlson, i.charlson_before) END AS moved,
    risk_tier(i.charlson) AS illness_tier, risk_moved(i.charlson, i.charlson_before) AS illness_moved, i.elixhauser,
    coalesce(i.conditions, []) AS conditions,
    CASE WHEN i.charlson IS NOT NULL THEN NULL WHEN u.person IS NOT NULL THEN 'diagnoses on claims of this year and the last are not in ICD-10-CM'
        ELSE 'no claim of this year or the last names a diagnosis' END AS untiered,
    s.release, g.name AS segment, b.name AS segment_before, s.raw_score, s.raw_score_before, s.raw_score_before_v24, CASE WHEN y.model = 'V28' THEN y.score_year_ago END AS score_year_ago, y.tier_year_ago,
    s.not_scoreable, coalesce(s.is_medicare, FALSE) AS is_medicare, s.rx_release, x.name AS rx_segment, s.rx_score, s.rx_not_scoreable, coalesce(q.plan_scores, []) AS plan_scores
FROM known AS k LEFT JOIN index AS i USING (person) LEFT JOIN unread AS u USING (person) LEFT JOIN score AS s USING (person) LEFT JOIN planned AS q USING (person)
LEFT JOIN predicted AS d USING (person) LEFT JOIN year_ago AS y USING (person)
LEFT JOIN reference.risk_segment AS g ON g.segment = s.segment LEFT JOIN reference.risk_segment AS b ON b.segment = s.segment_before LEFT JOIN reference.risk_segment AS x ON x.segment = s.rx_segment
