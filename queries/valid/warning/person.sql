-- what is said about people that is unknown, or that changed from one row to the next
WITH rule AS (SELECT table_name, rule, cure FROM reference.rule),
known_race AS (SELECT sent FROM reference.omb),
said AS (
    SELECT 'eligibility' AS table_name, person_key, data_source, file_name, source_row, birth_date,
        known_birth_date(birth_date, file_date, ingest_datetime) AS known_birth, gender AS sex, lower(trim(first_name)) AS first_name,
        coalesce(race_omb, race) AS race, coalesce(ethnicity_omb, ethnicity) AS ethnicity
    FROM extract.eligibility ANTI JOIN (SELECT source_row FROM extract.set_aside WHERE table_name = 'eligibility') AS aside USING (source_row)
    UNION ALL
    SELECT 'patient', person_key, data_source, file_name, source_row, birth_date, known_birth_date(birth_date, file_date, ingest_datetime), sex,
        lower(trim(first_name)), coalesce(race_omb, race), coalesce(ethnicity_omb, ethnicity)
    FROM extract.patient ANTI JOIN (SELECT source_row FROM extract.set_aside WHERE table_name = 'patient') AS aside USING (source_row)
),
followed AS (
    SELECT *, lag(known_birth) OVER before AS birth_before, lag(known_sex(sex)) OVER before AS sex_before, lag(first_name) OVER before AS name_before
    FROM said WINDOW before AS (PARTITION BY person_key ORDER BY source_row)
),
doubt AS (
    SELECT table_name, data_source, file_name, source_row, unnest([
        {'rule': CASE WHEN known_birth IS NULL THEN 'person_78_birth_date_unknown' END, 'found': coalesce('' || birth_date, 'empty')},
        {'rule': CASE WHEN known_birth <> birth_before THEN 'person_78_birth_date_changed' END, 'found': birth_before || ' -> ' || known_birth},
        {'rule': CASE WHEN coalesce(known_sex(sex), 'unknown') = 'unknown' THEN 'person_79_sex_unknown' END, 'found': coalesce(sex, 'empty')},
        {'rule': CASE WHEN known_sex(sex) <> sex_before AND 'unknown' NOT IN (known_sex(sex), sex_before) THEN 'person_79_sex_changed' END,
         'found': sex_before || ' -> ' || known_sex(sex)},
        {'rule': CASE WHEN lower(trim(race)) NOT IN (FROM known_race) OR lower(trim(ethnicity)) NOT IN (FROM known_race)
            THEN 'person_80_race_unmapped' END, 'found': concat_ws(' / ', race, ethnicity)},
        {'rule': CASE WHEN jaro_winkler_similarity(first_name, name_before) < 0.7 THEN 'person_76_other_name' END, 'found': NULL}], recursive := true)
    FROM followed
),
found AS (
    SELECT table_name, data_source, file_name, rule, count(*) AS rows, min(source_row) AS first_row, any_value(found ORDER BY source_row) AS found
    FROM doubt WHERE rule IS NOT NULL GROUP BY ALL
)
FROM warned('found', 'rule')
