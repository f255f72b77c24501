-- Macros that queries of every layer may use. Run once on each connection that runs layers, after kind() is made.

---- coded: the rules of time and of codes, each once ----

-- concept_codes: every wanted code, in its normal form and in every spelling in which it arrived, so that all joins are joins by equality.
-- `wanted` has code_system, code, concept (and what else its caller joins by), where a code that ends in '*' is a prefix; `arrived` names the
-- codes of the input with their spellings (code_system, code, sent).
CREATE OR REPLACE MACRO concept_codes(wanted, arrived) AS TABLE
WITH known AS (
    SELECT * FROM query_table(wanted) WHERE NOT ends_with(code, '*')
    UNION
    SELECT w.* REPLACE (a.code AS code)
    FROM (SELECT DISTINCT code_system, code, unnest(range(1, length(code) + 1)) AS prefix_length FROM query_table(arrived)) AS a
    JOIN (SELECT * FROM query_table(wanted) WHERE ends_with(code, '*')) AS w
        ON w.code_system = a.code_system AND w.code[:-2] = a.code[:a.prefix_length]
)
FROM known
UNION
SELECT k.* REPLACE (a.sent.code_system AS code_system, a.sent.code AS code)
FROM (SELECT code_system, code, unnest(sent) AS sent FROM query_table(arrived)) AS a JOIN known AS k USING (code_system, code);

-- with_cover: rows with whether their person is covered, which decides what is asked about: enrolment-based variants count covered people,
-- visit-based ones the others.
CREATE OR REPLACE MACRO with_cover(records, covered_people) AS TABLE
SELECT *, person IN (SELECT person FROM query_table(covered_people)) AS covered FROM query_table(records);

-- with_concepts: the records that a value set wants, once for each of their `codes` that has a concept. A record may have several
-- concepts; two codings of one concept still give two rows here.
CREATE OR REPLACE MACRO with_concepts(records, wanted, arrived, covered_people) AS TABLE
SELECT r.*, w.concept
FROM (SELECT *, unnest(codes, recursive := true) FROM with_cover(records, covered_people) WHERE len(codes) > 0) AS r
JOIN concept_codes(wanted, arrived) AS w USING (code_system, code, covered);

-- with_concepts_as_sent: the same from the places where Tuva has codes, as they were sent: a list, one code, and the sender's mapping of it.
-- Spelling them anew row by row would cost more than all the rest.
CREATE OR REPLACE MACRO with_concepts_as_sent(records, wanted, arrived, covered_people) AS TABLE
WITH meaning AS MATERIALIZED (FROM concept_codes(wanted, arrived))
SELECT r.*, m.concept FROM with_cover(records, covered_people) AS r
JOIN meaning AS m ON m.code_system = r.source_code_type AND m.code = r.source_code AND m.covered = r.covered
UNION ALL
SELECT r.*, m.concept FROM with_cover(records, covered_people) AS r
JOIN meaning AS m ON m.code_system = r.normalized_code_type AND m.code = r.normalized_code AND m.covered = r.covered
UNION ALL
SELECT r.* EXCLUDE (listed), m.concept
FROM (SELECT *, unnest(sent_codes) AS listed FROM with_cover(records, covered_people) WHERE len(sent_codes) > 0) AS r
JOIN meaning AS m ON m.code_system = r.listed.code_system AND m.code = r.listed.code AND m.covered = r.covered;

-- without_supplements: supplemental data (record_source supplemental_...) may close a gap or exclude from a measure; it never makes anybody count.
-- So it has no event of a concept by which a population is counted. `populations` has concept and covered.
CREATE OR REPLACE MACRO without_supplements(coded, populations) AS TABLE
WITH counting AS (SELECT list(concept) FILTER (covered) AS of_covered, list(concept) FILTER (NOT covered) AS of_others FROM query_table(populations))
SELECT c.* FROM query_table(coded) AS c CROSS JOIN counting
WHERE NOT coalesce(starts_with(record_source, 'supplemental'), FALSE)
    OR NOT coalesce(list_contains(CASE WHEN covered THEN of_covered ELSE of_others END, concept), FALSE);

-- kind_if: the bit when the condition holds; unknown does not.
CREATE OR REPLACE MACRO kind_if(name, condition) AS CASE WHEN condition THEN kind(name) ELSE 0::BIGINT END;

-- clock_day: the day of a moment: as written at the source, or (official variants) of its UTC instant where there is one.
CREATE OR REPLACE MACRO clock_day(clock, written, instant) AS
    CASE WHEN clock = 'utc' AND instant IS NOT NULL THEN CAST(instant AS DATE) ELSE written END;

-- last_day_of: a moment known by year or month only may be any of its days: its interval ends with the last.
CREATE OR REPLACE MACRO last_day_of(day, moment_precision) AS CASE moment_precision
    WHEN 'year' THEN make_date(year(day), 12, 31) WHEN 'month' THEN last_day(day) ELSE day END;

-- key_of: an id of a source as a BIGINT, NULL for no id. Never shown and never stored beyond a build.
CREATE OR REPLACE MACRO key_of(data_source, id) AS CASE WHEN id IS NOT NULL THEN CAST(hash(data_source, id) >> 1 AS BIGINT) END;

-- has_profile: one of the record's profiles ends in one of these names (US Core and QI-Core share them).
CREATE OR REPLACE MACRO has_profile(profiles, name) AS len(list_filter(profiles, lambda p: ends_with(p, name))) > 0;

-- profile_allows: the record has one of these profiles, or none of QI-Core's at all (a record without a profile matches any retrieval).
CREATE OR REPLACE MACRO profile_allows(profiles, names) AS coalesce(
    len(list_filter(profiles, lambda p: starts_with(p, 'qicore-'))) = 0
    OR len(list_filter(profiles, lambda p: len(list_filter(names, lambda n: ends_with(p, n))) > 0)) > 0, TRUE);

-- condition_kinds: what kind of condition it is. A profile that names the kind wins over the category (the 2025 measures ask by profile).
CREATE OR REPLACE MACRO condition_kinds(clinical_status, verification_status, categories, profiles) AS
    kind_if('verified', verification_status IS NULL OR verification_status IN ('confirmed', 'unconfirmed', 'provisional', 'differential'))
    | kind_if('confirmed', verification_status = 'confirmed')
    | kind_if('not_refuted', verification_status IS DISTINCT FROM 'refuted')
    | kind_if('not_doubted', verification_status IS NULL OR verification_status NOT IN ('unconfirmed', 'refuted', 'entered-in-error'))
    | kind_if('clinically_active', clinical_status IN ('active', 'recurrence', 'relapse'))
    | kind_if('status_active', clinical_status = 'active')
    | kind_if('listed', list_has_any(categories, ['problem-list-item', 'health-concern']))
    | kind_if('health_concern', list_contains(categories, 'health-concern'))
    | CASE WHEN has_profile(profiles, 'condition-problems-health-concerns') THEN kind('problem')
        WHEN has_profile(profiles, 'condition-encounter-diagnosis') THEN kind('encounter_diagnosis')
        ELSE kind_if('problem', list_has_any(categories, ['problem-list-item', 'health-concern']))
            | kind_if('encounter_diagnosis', list_contains(categories, 'encounter-diagnosis')) END;

-- observation_kinds: status, category and profile of an observation that was made.
CREATE OR REPLACE MACRO observation_kinds(status, categories, profiles) AS
    kind('observation')
    | kind_if('observation_final', status IN ('final', 'amended', 'corrected')) | kind_if('done', status IN ('final', 'amended', 'corrected'))
    | kind_if('observation_unamended', status IN ('final', 'corrected'))
    | kind_if('observation_preliminary', status IN ('preliminary', 'final', 'amended', 'corrected'))
    | kind_if('appended', status = 'appended')
    | kind_if('survey', list_contains(categories, 'survey')) | kind_if('laboratory', list_contains(categories, 'laboratory'))
    | kind_if('imaging', list_contains(categories, 'imaging')) | kind_if('exam', list_contains(categories, 'exam'))
    | kind_if('lab_profile', profile_allows(profiles, ['observation-lab', 'laboratory-result-observation']))
    | kind_if('screening_profile', profile_allows(profiles, ['observation-screening-assessment']))
    | kind_if('clinical_profile', profile_allows(profiles, ['observation-clinical-result']))
    | kind_if('vital_profile', profile_allows(profiles, ['bmi', 'bp', 'blood-pressure', 'heartrate', 'heart-rate', 'bodyheight', 'body-height',
        'bodyweight', 'body-weight', 'vitalsigns', 'vital-signs']));

-- value_kinds: which kind of value a result has. Sources that name no type have a value when they have a result.
CREATE OR REPLACE MACRO value_kinds(result_type, result, result_numeric, result_codes) AS
    kind_if('has_value', result_type IS NOT NULL OR result IS NOT NULL OR result_numeric IS NOT NULL OR len(result_codes) > 0)
    | kind_if('coded_value', result_type = 'coded' OR (result_type IS NULL AND len(result_codes) > 0))
    | kind_if('integer_value', result_type = 'integer');

-- low_value, high_value: a result as the interval of the numbers that it may be: '<5.7' is everything below 5.7.
CREATE OR REPLACE MACRO low_value(number, comparator) AS CASE
    WHEN number IS NULL THEN NULL
    WHEN comparator IN ('<', '<=') THEN DOUBLE '-infinity'
    WHEN comparator = '>' THEN nextafter(number, DOUBLE 'infinity')
    ELSE number END;
CREATE OR REPLACE MACRO high_value(number, comparator) AS CASE
    WHEN number IS NULL THEN NULL
    WHEN comparator IN ('>', '>=') THEN DOUBLE 'infinity'
    WHEN comparator = '<' THEN nextafter(number, DOUBLE '-infinity')
    ELSE number END;

-- in_concept_unit: results (concept, value, value_high, unit, ...) in the unit of their concept. `units` names reference.unit: a row
-- without a concept spells a unit anew, a row with one converts into the concept's unit. A concept that has a unit of its own takes no
-- number in a unit that does not lead there: the result stays, its number is unknown. A result without a unit keeps its number.
CREATE OR REPLACE MACRO in_concept_unit(results, units, concepts) AS TABLE
WITH spelling AS (
    SELECT from_unit, to_unit, coalesce(factor, 1) AS factor, coalesce(shift, 0) AS shift FROM query_table(units) WHERE concept IS NULL
),
conversion AS (
    SELECT c.concept, u.from_unit, u.to_unit, coalesce(u.factor, 1) AS factor, coalesce(u.shift, 0) AS shift
    FROM query_table(units) AS u JOIN query_table(concepts) AS c ON c.name = u.concept
),
unit_of_concept AS (SELECT concept, any_value(to_unit) AS unit FROM conversion GROUP BY concept),
known AS (
    SELECT r.*, o.unit AS concept_unit, coalesce(s.to_unit, r.unit) AS spelled, coalesce(c.to_unit, s.to_unit, r.unit) AS reached,
        coalesce(s.factor, 1) * coalesce(c.factor, 1) AS factor,
        coalesce(s.shift, 0) * coalesce(c.factor, 1) + coalesce(c.shift, 0) AS shift
    FROM query_table(results) AS r
    LEFT JOIN spelling AS s ON s.from_unit = r.unit
    LEFT JOIN conversion AS c ON c.concept = r.concept AND c.from_unit = coalesce(s.to_unit, r.unit)
    LEFT JOIN unit_of_concept AS o ON o.concept = r.concept
)
SELECT * EXCLUDE (concept_unit, spelled, reached, factor, shift)
    REPLACE (CASE WHEN concept_unit <> reached THEN NULL ELSE value * factor + shift END AS value,
        CASE WHEN concept_unit <> reached THEN NULL ELSE value_high * factor + shift END AS value_high, reached AS unit)
FROM known;

-- order_kinds: status and intent of an order.
CREATE OR REPLACE MACRO order_kinds(status, intent) AS
    kind_if('status_active', status = 'active') | kind_if('status_completed', status = 'completed') | kind_if('intent_order', intent = 'order')
    | kind_if('intent_order_like', intent IN ('order', 'original-order', 'reflex-order', 'filler-order', 'instance-order'));

---- where a row came from ----

-- row_of: the sender's row of a source_row (intake's source_row_of makes it: bit 35 marks the later facts of one row).
CREATE OR REPLACE MACRO row_of(source_row) AS CASE WHEN source_row & 34359738368 = 0 THEN source_row & 68719476735
    ELSE (source_row & 34359738367) >> 10 END;

---- coded: claims ----

-- claim_key: the key of a claim beside those of encounters: the encounter that it bills where the source says so.
CREATE OR REPLACE MACRO claim_key(data_source, encounter_id, claim_id) AS
    CASE WHEN encounter_id IS NOT NULL THEN key_of(data_source, encounter_id) ELSE CAST(hash(data_source, 'claim', claim_id) >> 1 AS BIGINT) END;

-- stands: a claim line that counts; denied, pending and reversed ones are evidence that does not count yet.
CREATE OR REPLACE MACRO stands(line_status, claim_status) AS coalesce(line_status, claim_status, 'paid') = 'paid';

-- service_kinds: what a paid claim line with a procedure or revenue code says. The code's concept tells which it was: a visit, a
-- procedure, a dose.
CREATE OR REPLACE MACRO service_kinds() AS
    kind('done') | kind('claim') | kind('encounter') | kind('encounter_begun') | kind('encounter_finished') | kind('verified')
    | kind('procedure') | kind('procedure_completed') | kind('immunization');
CREATE OR REPLACE MACRO pending_kinds() AS kind('claim') | kind('pending');

-- claim_diagnosis_kinds: a diagnosis of a paid claim: of its visit, confirmed, present on the days of service.
CREATE OR REPLACE MACRO claim_diagnosis_kinds() AS
    kind('claim') | kind('condition') | kind('verified') | kind('confirmed') | kind('not_refuted') | kind('not_doubted') | kind('clinically_active')
    | kind('encounter_diagnosis') | kind('visit_diagnosis') | kind('recorded');

-- result_kinds: a code that states a result (CPT II) is a final result too.
CREATE OR REPLACE MACRO result_kinds() AS
    kind('observation') | kind('observation_final') | kind('observation_unamended') | kind('observation_preliminary') | kind('has_value');

-- service_start, service_end: days of service of a claim line; the line wins over its claim.
CREATE OR REPLACE MACRO service_start(line_start, claim_start, admission) AS coalesce(line_start, claim_start, admission);
CREATE OR REPLACE MACRO service_end(line_start, line_end, claim_start, claim_end) AS
    CASE WHEN line_start IS NOT NULL THEN greatest(line_start, coalesce(line_end, line_start))
        ELSE greatest(claim_start, coalesce(claim_end, claim_start)) END;

---- coded: stays ----

-- spans: rows (person, part, start_date, end_date, source_row, ...) with the span that each belongs to: rows of one part that overlap, or
-- whose next begins at most `gap` days after the last day so far, are one span, named by its first day. Days are inclusive.
CREATE OR REPLACE MACRO spans(days, gap) AS TABLE
SELECT * EXCLUDE (begins),
    max(CASE WHEN begins THEN start_date END) OVER (PARTITION BY person, part ORDER BY start_date, end_date, source_row) AS span
FROM (
    SELECT *, coalesce(start_date > gap + max(end_date) OVER (PARTITION BY person, part ORDER BY start_date, end_date, source_row
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), TRUE) AS begins
    FROM query_table(days)
);

-- stay_segments: what may be part of an inpatient stay: one row per paid inpatient claim and per inpatient encounter. `named` gives the
-- codes that decide (name, code_system, code). Interim bills (frequency 2 and 3, the last digit of the bill type) leave the stay open.
-- Bill types and frequency: CMS, Medicare Claims Processing Manual, chapter 25, form locator 4.
CREATE OR REPLACE MACRO stay_segments(claims, encounters, named, clock) AS TABLE
WITH bill AS (
    SELECT code, bool_or(name = 'acute_bill_type') AS acute FROM query_table(named)
    WHERE name IN ('acute_bill_type', 'nonacute_bill_type') GROUP BY code
),
room AS (SELECT code, bool_or(name = 'nonacute_room') AS nonacute FROM query_table(named)
    WHERE name IN ('inpatient_room_and_board', 'nonacute_room') GROUP BY code),
class AS (SELECT code, bool_or(name = 'encounter_class_nonacute') AS nonacute FROM query_table(named)
    WHERE name IN ('encounter_class_inpatient', 'encounter_class_nonacute') GROUP BY code),
inpatient_type AS (SELECT code_system, code FROM query_table(named) WHERE name = 'encounter_inpatient')
SELECT person, min(source_row) AS source_row, claim_key(data_source, min(encounter_id), claim_id) AS encounter,
    min(coalesce(admission_date, claim_start_date, claim_line_start_date)) AS start_date,
    max(greatest(coalesce(discharge_date, claim_end_date, claim_line_end_date, claim_start_date),
        coalesce(admission_date, claim_start_date))) AS end_date,
    bool_or(right(bill_type_code, 1) IN ('2', '3')) AND max(discharge_date) IS NULL AS is_open,
    coalesce(bool_and(b.acute), TRUE) AND NOT coalesce(bool_or(r.nonacute), FALSE) AS acute, max(discharge_disposition_code) AS discharge_disposition
-- Most lines have neither code: what only they bring is not worked out.
FROM (FROM query_table(claims) WHERE bill_type_code IS NOT NULL OR revenue_center_code IS NOT NULL)
LEFT JOIN bill AS b ON b.code = bill_type_code LEFT JOIN room AS r ON r.code = revenue_center_code
WHERE stands(line_status, claim_status) AND (b.code IS NOT NULL OR (bill_type_code IS NULL AND r.code IS NOT NULL))
GROUP BY person, data_source, claim_id
UNION ALL BY NAME
SELECT person, source_row, key_of(data_source, encounter_id) AS encounter,
    clock_day(clock, encounter_start_date, encounter_start_instant) AS start_date,
    CASE WHEN encounter_end_date IS NOT NULL THEN clock_day(clock, encounter_end_date, encounter_end_instant)
        WHEN status = 'finished' THEN start_date ELSE DATE 'infinity' END AS end_date,
    FALSE AS is_open,
    NOT coalesce(c.nonacute, FALSE) AND NOT coalesce(regexp_matches(encounter_type, 'skilled|rehab|hospice|long term'), FALSE) AS acute,
    discharge_disposition_code AS discharge_disposition
FROM query_table(encounters) LEFT JOIN class AS c ON c.code = encounter_class
WHERE coalesce(status, 'finished') IN ('finished', 'arrived', 'triaged', 'in-progress', 'onleave')
    AND (c.code IS NOT NULL OR encounter_type = 'acute inpatient' OR starts_with(encounter_type, 'inpatient ')
        OR len(list_intersect(codes, (SELECT list({'code_system': code_system, 'code': code}) FROM inpatient_type))) > 0);

-- merged_stays: segments of one part that overlap or follow within a day (interim bills, transfers) as one stay. A stay whose last bill is
-- an interim one goes on, unless no other bill came within 90 days.
CREATE OR REPLACE MACRO merged_stays(segments, as_of) AS TABLE
SELECT person, part, span AS admit_date,
    CASE WHEN arg_max(is_open, (end_date, source_row)) AND max(end_date) + 90 >= as_of THEN DATE 'infinity' ELSE max(end_date) END AS discharge_date,
    arg_max(discharge_disposition, (end_date, source_row)) AS discharge_disposition,
    arg_min(source_row, (start_date, source_row)) AS fact, arg_min(encounter, (start_date, source_row)) AS encounter
FROM spans(segments, 1)
GROUP BY person, part, span;

---- coded: coverage ----

-- product_line_of: the line of business, else what the type of payer says.
CREATE OR REPLACE MACRO product_line_of(product_line, payer_type) AS CASE
    WHEN coalesce(lower(product_line), 'unknown') <> 'unknown' THEN lower(product_line)
    WHEN lower(payer_type) IN ('commercial', 'self-insured', 'self insured') THEN 'commercial'
    WHEN lower(payer_type) IN ('medicare', 'medicaid', 'marketplace') THEN lower(payer_type)
    ELSE 'unknown' END;

-- contract_of: plan x product line as an integer; 0 stays free for "any".
CREATE OR REPLACE MACRO contract_of(payer, plan, product_line) AS CAST(1 + hash(payer, plan, product_line) % 2147483646 AS INTEGER);

-- elementary_spans: rows (person, part, start_date, end_date) cut at each other's ends: spans that no row begins or ends within.
CREATE OR REPLACE MACRO elementary_spans(days) AS TABLE
SELECT person, part, start_date, end_date
FROM (
    SELECT person, part, start_date, lead(start_date) OVER (PARTITION BY person, part ORDER BY start_date) - 1 AS end_date
    FROM (SELECT DISTINCT person, part, unnest([start_date, end_date + 1]) AS start_date FROM query_table(days))
)
WHERE end_date IS NOT NULL;

-- point: a date some months and days from another. A month too short gives its last day.
CREATE OR REPLACE MACRO point(base, months, days) AS CAST(base + to_months(CAST(months AS INT)) + to_days(CAST(days AS INT)) AS DATE);

-- age_on: completed years of life on a day; who was born on 29 February turns a year older on 1 March of a common year.
CREATE OR REPLACE MACRO age_on(birth_date, day) AS
    year(day) - year(birth_date) - CAST((month(day), day(day)) < (month(birth_date), day(birth_date)) AS INT);

-- latest_date: the end of an event if it has one, else its start.
CREATE OR REPLACE MACRO latest_date(start_date, end_date) AS CASE WHEN isfinite(end_date) THEN end_date ELSE start_date END;

-- out_of_bounds: a value outside the bounds that a line of a card asks for, as JSON ({"at_least": 120, "below": 140}); unknown where a bound is not met surely.
CREATE OR REPLACE MACRO out_of_bounds(value, bounds) AS
    coalesce(value < CAST(bounds ->> '$.at_least' AS DOUBLE), false) OR coalesce(value <= CAST(bounds ->> '$.above' AS DOUBLE), false)
    OR coalesce(value >= CAST(bounds ->> '$.below' AS DOUBLE), false) OR coalesce(value > CAST(bounds ->> '$.at_most' AS DOUBLE), false);
