-- One page of the people behind a count of a rate, and how many there are in all. $show names where they stand, $reason why their gap is open, $aspect
-- and $value a subgroup ('' = any), $line a product line where no plan is selected. Who died is counted and on no work list:
-- their name is not shown. Sensitive services stand on no list
WITH reach AS (
    SELECT DISTINCT panel_set FROM mart.panel_set WHERE panel IN (SELECT unnest($panels))
),
listed AS (
    SELECT m.*, count(*) OVER () AS total
    FROM mart.measured AS m JOIN reach USING (panel_set) JOIN mart.rate_name AS n USING (rate_id)
    WHERE n.slug = $rate AND NOT n.sensitive AND m.plan_key = coalesce(CAST($contract AS VARCHAR), nullif($line, ''), 'all') AND m.period = $period
      AND CASE $show WHEN 'open' THEN m.status IN ('open', 'open_due_soon') WHEN 'soon' THEN m.status = 'open_due_soon' WHEN 'likely' THEN m.status = 'likely_done'
                     WHEN 'closed' THEN m.status = 'closed' WHEN 'later' THEN m.status = 'prospective' WHEN 'missed' THEN m.status = 'missed'
                     WHEN 'answered' THEN m.status = 'answered' WHEN 'excluded' THEN m.status = 'excluded' WHEN 'counted' THEN m.status <> 'excluded' ELSE true END
      AND ($people IS NULL OR m.person IN (SELECT unnest(CAST($people AS INTEGER[]))))
      AND ($reason = '' OR m.reason = $reason)
      AND CASE $aspect WHEN 'race' THEN coalesce(m.race, '') = $value WHEN 'ethnicity' THEN coalesce(m.ethnicity, '') = $value
                        WHEN 'language' THEN coalesce(m.language, '') = $value ELSE true END
),
page AS (
    FROM listed
    ORDER BY list_position(['open_due_soon', 'open', 'likely_done', 'answered', 'prospective', 'missed', 'closed', 'excluded'], status), last_day, person
    LIMIT $page_size OFFSET $page_size * ($page - 1)
),
name AS (
    SELECT DISTINCT ON (person) person, first_name, last_name, birth_date, age, sex, language, interpreter_needed, plans, next_visit_at, last_visit_date
    FROM mart.panel WHERE panel IN (SELECT unnest($panels)) AND person IN (SELECT person FROM page)
)
SELECT p.person, p.status, p.units, p.closed_units, p.last_day, p.reason, p.reason_date, p.total, name.person IS NOT NULL AS on_a_list,
    name.first_name, name.last_name, name.birth_date, name.age, name.sex, name.language, name.interpreter_needed, name.plans, name.next_visit_at,
    name.last_visit_date
FROM page AS p LEFT JOIN name USING (person)
ORDER BY list_position(['open_due_soon', 'open', 'likely_done', 'answered', 'prospective', 'missed', 'closed', 'excluded'], p.status), p.last_day, p.person
