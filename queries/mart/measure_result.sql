-- measure_result: one row per rate, period, person, unit and contract, with its status: what `huddleboard results` writes, and what a refresh takes
-- over (dashboard/build/kept.py). last_day is the card's, whatever the day of the unit
-- sorted by person
-- per person
SELECT r.*,
       coalesce(gap_status(better, r.denominator, r.exclusion, r.exception, counted_numerator(r.numerator, r.numerator_exclusion),
                           unit_date, day_to_close(last_day, unit_date, basis), $as_of), 'not_counted') AS status
FROM result.measure_result AS r JOIN reference.rate USING (rate_id)
