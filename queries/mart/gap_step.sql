-- gap_step: one row per fact that a line of a clause (leaf) found, and per nearest miss of a clause that found none (why says what was wrong with it,
-- leaf and role are NULL). A refresh takes over the facts (dashboard/build/kept.py)
-- sorted by person
-- per person
SELECT person, rate_id, period, unit, contract, clause, role, leaf, date AS on_date, value, fact, CAST(NULL AS VARCHAR) AS why FROM evidence.found
UNION ALL BY NAME
SELECT person, rate_id, period, unit, contract, clause, date AS on_date, value, fact, why FROM result.nearest_miss
