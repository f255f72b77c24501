-- Macros that queries of every layer may use. Run once on each connection that runs layers, after kind() is made.

---- coded: the rules of time and of codes, each once ----

-- concept_codes: (code_system, code, concept) of every wanted code. `wanted` names reference.value_set_code, where a code that ends in
-- '*' is a prefix; `arrived` names the codes of the input (code_system, code), over which prefixes are spelled out, so that all
-- joins are joins by equality.
CREATE OR REPLACE MACRO concept_codes(wanted, arrived) AS TABLE
SELECT code_system, code, concept FROM query_table(wanted) WHERE NOT ends_with(code, '*')
UNION
SELECT DISTINCT a.code_system, a.code, w.concept
FROM (SELECT DISTINCT code_system, code, unnest(range(1, length(code) + 1)) AS prefix_length FROM query_table(arrived)) AS a
JOIN (SELECT code_system, code[:-2] AS prefix, concept FROM query_table(wanted) WHERE ends_with(code, '*')) AS w
    ON w.code_system = a.code_system AND w.prefix = a.code[:a.prefix_length];

-- with_concepts: the records that a value set wants, once for each of their codings that has a concept, with code_system, code and
-- concept. A record may have several concepts; two codings of one concept still give two rows here.
CREATE OR REPLACE MACRO with_concepts(records, wanted, arrived) AS TABLE
SELECT r.*, w.concept
FROM (SELECT *, unnest(codes, recursive := true) FROM query_table(records)) AS r
JOIN concept_codes(wanted, arrived) AS w ON w.code_system = r.code_system AND w.code = r.code;

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
    | kind_if('clinical_profile', profile_allows(profiles, ['observation-clinical-result']));

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
WITH spelling AS (SELECT from_unit, to_unit, coalesce(factor, 1) AS factor, coalesce(shift, 0) AS shift FROM query_table(units) WHERE concept IS NULL),
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

-- says_not_done: CPT II modifiers 1P, 2P, 3P (excluded for medical, patient, system reasons) and 8P (not performed) turn a code's meaning around.
CREATE OR REPLACE MACRO says_not_done(modifiers) AS coalesce(list_has_any(modifiers, ['1P', '2P', '3P', '8P']), FALSE);

-- order_kinds: status and intent of an order.
CREATE OR REPLACE MACRO order_kinds(status, intent) AS
    kind_if('status_active', status = 'active') | kind_if('status_completed', status = 'completed') | kind_if('intent_order', intent = 'order')
    | kind_if('intent_order_like', intent IN ('order', 'original-order', 'reflex-order', 'filler-order', 'instance-order'));
