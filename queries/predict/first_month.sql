-- one row: the first day of the first month that holds at least half the visits of the median month, from which the look-back may begin. Files
-- often carry a few older days
WITH month AS (
    SELECT date_trunc('month', start_date) AS first_day, count(*) AS events
    FROM coded.event JOIN reference.concept AS c USING (concept)
    WHERE c.name = 'outpatient_em' AND (kinds & kind('pending')) = 0 AND isfinite(start_date) AND start_date <= $as_of
    GROUP BY ALL
)
SELECT CAST(min(first_day) AS DATE) AS first_day FROM month WHERE events >= 0.5 * (SELECT median(events) FROM month)
