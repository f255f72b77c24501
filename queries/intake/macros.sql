-- Macros of the intake adapters. Run once on a connection that takes deliveries in, after code_system(uri) is made.

-- source_row_of: the number of a row for ever: 27 bits of file, 36 bits of row. Of a row that gives several (a claim's lines, a blood
-- pressure's two values) the later ones set the top bit of the row and carry their place in the lowest ten; row_of() reads it back.
CREATE OR REPLACE MACRO source_row_of(file_no, row_number, sub) AS
    (CAST(file_no AS BIGINT) << 36) | CASE WHEN sub = 0 THEN CAST(row_number AS BIGINT) ELSE (1::BIGINT << 35) | (CAST(row_number AS BIGINT) << 10) | sub END;

---- moments: an adapter gives the text as written; the four columns of the contract are made from it ----

-- day_of: the day as written, as text: what does not read as a day stays as it is and is refused later by name.
-- A year or a month alone becomes its first day; the precision says so.
CREATE OR REPLACE MACRO day_of(moment) AS CASE length(moment)
    WHEN 4 THEN moment || '-01-01' WHEN 7 THEN moment || '-01' ELSE left(moment, 10) END;

-- offset_of: minutes east of UTC as written; NULL when no time or no offset was written.
CREATE OR REPLACE MACRO offset_of(moment) AS CASE
    WHEN length(moment) <= 10 THEN NULL
    WHEN ends_with(moment, 'Z') OR ends_with(moment, '+00:00') THEN 0
    WHEN moment[-6] IN ('+', '-') THEN
        (CASE moment[-6] WHEN '-' THEN -1 ELSE 1 END) * (60 * TRY_CAST(moment[-5:-4] AS INTEGER) + TRY_CAST(moment[-2:] AS INTEGER))
    END::SMALLINT;

-- instant_of: in UTC. The cast reads the wall clock and ignores the offset, so the offset is taken off here.
CREATE OR REPLACE MACRO instant_of(moment) AS CASE
    WHEN length(moment) <= 10 THEN NULL
    WHEN ends_with(moment, 'Z') OR ends_with(moment, '+00:00') THEN TRY_CAST(moment AS TIMESTAMP)
    ELSE TRY_CAST(moment AS TIMESTAMP) - to_minutes(coalesce(offset_of(moment), 0)) END;

CREATE OR REPLACE MACRO precision_of(moment) AS CASE
    WHEN moment IS NULL THEN NULL
    WHEN length(moment) > 10 THEN 'instant' WHEN length(moment) = 10 THEN 'day' WHEN length(moment) = 7 THEN 'month'
    WHEN length(moment) = 4 THEN 'year' END;

-- local_time_of: the wall clock of the source, its offset dropped.
CREATE OR REPLACE MACRO local_time_of(moment) AS CASE WHEN length(moment) > 10 THEN TRY_CAST(left(moment, 19) AS TIMESTAMP) END;

-- later_day: a day `days` after a moment's day, as text; fractions of a day are cut off.
CREATE OR REPLACE MACRO later_day(moment, days) AS
    CAST(TRY_CAST(day_of(moment) AS DATE) + CAST(trunc(days) AS INTEGER) AS VARCHAR);

---- FHIR ----

-- tail: the id in a reference, whatever its shape: Type/X, urn:uuid:X, https://server/Type/X, Type?identifier=system|X, #X.
CREATE OR REPLACE MACRO tail(reference) AS CASE
    WHEN starts_with(reference, 'urn:uuid:') THEN substr(reference, 10)
    WHEN contains(reference, '/_history/') THEN regexp_extract(split_part(reference, '/_history/', 1), '[^/:|#]+$')
    ELSE regexp_extract(reference, '[^/:|#]+$') END;

-- npi_in: the NPI in a reference by identifier; NULL for other references.
CREATE OR REPLACE MACRO npi_in(reference) AS coalesce(
    nullif(regexp_extract(reference.reference, 'us-npi\|(\d+)$', 1), ''),
    CASE WHEN ends_with(reference.identifier.system, 'us-npi') THEN reference.identifier."value" END);

-- coding_list: codings as (code_system, code), codes only.
CREATE OR REPLACE MACRO coding_list(coding) AS list_transform(
    list_filter(coding, lambda c: c.code IS NOT NULL), lambda c: {'code_system': code_system(c.system), 'code': c.code});

CREATE OR REPLACE MACRO codings(concept) AS coding_list(concept.coding);

CREATE OR REPLACE MACRO codings_of_all(concepts) AS coding_list(flatten(list_transform(concepts, lambda c: c.coding)));

CREATE OR REPLACE MACRO code_values(concepts) AS list_distinct(list_transform(
    list_filter(flatten(list_transform(concepts, lambda c: c.coding)), lambda c: c.code IS NOT NULL), lambda c: c.code));

CREATE OR REPLACE MACRO first_code(concept) AS (list_filter(concept.coding, lambda c: c.code IS NOT NULL)[1]).code;

CREATE OR REPLACE MACRO words_of(concept) AS coalesce(concept.text, (list_filter(concept.coding, lambda c: c.display IS NOT NULL)[1]).display);

CREATE OR REPLACE MACRO profile_names(meta) AS
    list_transform(meta.profile, lambda p: regexp_extract(split_part(p, '|', 1), '[^/]+$'));

-- extension_of: the first extension whose URL ends so.
CREATE OR REPLACE MACRO extension_of(extensions, name) AS list_filter(extensions, lambda e: ends_with(e.url, name))[1];

-- is_negated: a modifier says that it was not done or shall not be done (three spellings are in use).
CREATE OR REPLACE MACRO is_negated(modifiers) AS
    len(list_filter(modifiers, lambda e: e.valueBoolean = 'true' AND regexp_matches(e.url, '(notDone|doNotPerform|doNotPeform)$'))) > 0;

-- negation_reasons: why not, as QI-Core's extensions say it.
CREATE OR REPLACE MACRO negation_reasons(extensions) AS codings_of_all(list_transform(
    list_filter(extensions, lambda e: regexp_matches(e.url, '(notDoneReason|doNotPerformReason|reasonRefused|request-statusReason)$')),
    lambda e: e.valueCodeableConcept));

CREATE OR REPLACE MACRO profile_negates(meta) AS
    len(list_filter(meta.profile, lambda p: regexp_matches(lower(p), '(notdone|notrequested|observationcancelled)(\||$)'))) > 0;

-- period_or_moment: start and end as text; a moment ends when it starts, a period without end is open.
CREATE OR REPLACE MACRO period_or_moment(period, moment) AS
    CASE WHEN moment IS NOT NULL THEN {'start': moment, 'end': moment} ELSE {'start': period."start", 'end': period."end"} END;

-- birthday: the day on which a person born on birth_day reaches an age.
CREATE OR REPLACE MACRO birthday(birth_day, age) AS CAST(CAST(birth_day + CASE
    WHEN age.code IN ('mo', 'months') OR age.unit IN ('mo', 'month', 'months') THEN to_months(CAST(TRY_CAST(age."value" AS DOUBLE) AS INTEGER))
    WHEN age.code IN ('wk', 'weeks') OR age.unit IN ('wk', 'week', 'weeks') THEN to_days(7 * CAST(TRY_CAST(age."value" AS DOUBLE) AS INTEGER))
    WHEN age.code IN ('d', 'days') OR age.unit IN ('d', 'day', 'days') THEN to_days(CAST(TRY_CAST(age."value" AS DOUBLE) AS INTEGER))
    ELSE to_years(CAST(TRY_CAST(age."value" AS DOUBLE) AS INTEGER)) END AS DATE) AS VARCHAR);

-- in_days: a duration in days.
CREATE OR REPLACE MACRO in_days(duration) AS TRY_CAST(duration."value" AS DOUBLE) * CASE coalesce(duration.code, duration.unit, 'd')
    WHEN 'd' THEN 1 WHEN 'day' THEN 1 WHEN 'days' THEN 1 WHEN 'wk' THEN 7 WHEN 'week' THEN 7 WHEN 'weeks' THEN 7
    WHEN 'mo' THEN 30 WHEN 'month' THEN 30 WHEN 'months' THEN 30 WHEN 'a' THEN 365 WHEN 'year' THEN 365 WHEN 'years' THEN 365
    WHEN 'h' THEN 1 / 24 END;

-- doses_a_day: of a dosage: frequency (its maximum) per period, else times of day, else one.
CREATE OR REPLACE MACRO doses_a_day(repeat) AS coalesce(
    coalesce(TRY_CAST(repeat.frequencyMax AS DOUBLE), TRY_CAST(repeat.frequency AS DOUBLE))
        / nullif(in_days({'value': coalesce(repeat.period, '1'), 'code': coalesce(repeat.periodUnit, 'd'), 'unit': NULL::VARCHAR}), 0),
    nullif(len(repeat.timeOfDay), 0), 1);

-- days_of_quantity: how long a quantity lasts at a dosage; NULL when the dose is not known.
CREATE OR REPLACE MACRO days_of_quantity(quantity, dosage) AS TRY_CAST(quantity."value" AS DOUBLE)
    / nullif(coalesce(TRY_CAST(dosage.doseAndRate[1].doseQuantity."value" AS DOUBLE), TRY_CAST(dosage.doseAndRate[1].doseRange.high."value" AS DOUBLE))
        * doses_a_day(dosage.timing.repeat), 0);

-- drug_codings: of a drug by code, by contained resource or by reference to a Medication of the delivery.
CREATE OR REPLACE MACRO drug_codings(concept, contained, reference, looked_up) AS coalesce(
    codings(concept),
    codings((list_filter(contained, lambda r: starts_with(reference.reference, '#') AND r.id = reference.reference[2:])[1]).code),
    looked_up);

-- ref: the id that a reference names; `scope` tells apart the ids of bundles that number their resources anew.
CREATE OR REPLACE MACRO ref(scope, reference) AS scope || tail(reference.reference);

-- just_before: the last moment before an excluded end.
CREATE OR REPLACE MACRO just_before(moment) AS CASE
    WHEN length(moment) > 10 THEN strftime(local_time_of(moment) - INTERVAL 1 MILLISECOND, '%Y-%m-%dT%H:%M:%S.%g')
        || regexp_extract(moment, '(Z|[+-]\d\d:\d\d)$')
    ELSE later_day(moment, -1) END;

-- merged_bounds: the earliest bounds period of the dosages, joined with those that touch it.
CREATE OR REPLACE MACRO merged_bounds(dosages) AS list_reduce(
    nullif(list_sort(list_transform(list_filter(dosages, lambda d: d.timing.repeat.boundsPeriod IS NOT NULL), lambda d: d.timing.repeat.boundsPeriod)), []),
    lambda run, next: CASE
        WHEN run."end" IS NULL OR later_day(run."end", 1) < day_of(next."start") THEN run
        WHEN next."end" IS NULL OR next."end" > run."end" THEN {'start': run."start", 'end': next."end"} ELSE run END);

---- claims ----

-- amounts_of: the amounts of a line by category; amount_of picks one (CARIN and Blue Button names).
CREATE OR REPLACE MACRO amounts_of(adjudications) AS list_transform(
    list_filter(adjudications, lambda a: a.amount."value" IS NOT NULL), lambda a: {'category': first_code(a.category), 'amount': a.amount."value"});

CREATE OR REPLACE MACRO amount_of(amounts, pattern) AS
    TRY_CAST(list_filter(amounts, lambda a: regexp_matches(a.category, pattern))[1].amount AS DOUBLE);

-- info_of: the supporting information of a claim of one category.
CREATE OR REPLACE MACRO info_of(information, category) AS list_filter(information, lambda i: list_contains(code_values([i.category]), category))[1];

-- claim_status_of: the contract's word for a status and outcome of an ExplanationOfBenefit.
CREATE OR REPLACE MACRO claim_status_of(status, outcome) AS CASE
    WHEN status IN ('cancelled', 'entered-in-error') THEN 'reversed' WHEN status = 'draft' OR outcome = 'queued' THEN 'pending'
    WHEN outcome = 'error' THEN 'denied' ELSE 'paid' END;

CREATE OR REPLACE MACRO is_denied(adjudications) AS
    len(list_filter(adjudications, lambda a: first_code(a.category) = 'denialreason')) > 0;

-- served_from, served_to: first and last day of a claim line, as written.
CREATE OR REPLACE MACRO served_from(item) AS day_of(coalesce(item.servicedDate, item.servicedPeriod."start"));

CREATE OR REPLACE MACRO served_to(item) AS day_of(coalesce(item.servicedDate, item.servicedPeriod."end"));

---- lines of JSON ----

CREATE OR REPLACE MACRO json_kind(text) AS CASE WHEN json_valid(text) THEN json_type(text) END;

-- person_of: the id of the Patient that a reference names; NULL for a reference to something else.
CREATE OR REPLACE MACRO person_of(reference) AS CASE
    WHEN starts_with(reference, 'urn:uuid:') OR starts_with(reference, 'Patient/') THEN tail(reference)
    WHEN NOT regexp_matches(reference, '(^|/)(Group|Device|Location|Practitioner|PractitionerRole|Organization|RelatedPerson)/') THEN tail(reference) END;

---- results ----

-- value_text: a result as sent, of an Observation or a component.
CREATE OR REPLACE MACRO value_text(of) AS coalesce(
    of.valueQuantity."value", of.valueString, of.valueInteger, of.valueBoolean, words_of(of.valueCodeableConcept),
    first_code(of.valueCodeableConcept), of.valueDateTime, of.valueTime, of.valueRange.low."value" || '-' || of.valueRange.high."value",
    of.valueRatio.numerator."value" || ':' || of.valueRatio.denominator."value", of.valuePeriod."start");

CREATE OR REPLACE MACRO value_type(of) AS CASE
    WHEN of.valueQuantity IS NOT NULL THEN 'quantity' WHEN of.valueCodeableConcept IS NOT NULL THEN 'coded'
    WHEN of.valueInteger IS NOT NULL THEN 'integer' WHEN of.valueString IS NOT NULL THEN 'text' WHEN of.valueBoolean IS NOT NULL THEN 'boolean'
    WHEN of.valueRange IS NOT NULL THEN 'range' WHEN of.valueRatio IS NOT NULL THEN 'ratio' WHEN of.valueDateTime IS NOT NULL THEN 'datetime'
    WHEN of.valueTime IS NOT NULL THEN 'time' WHEN of.valuePeriod IS NOT NULL THEN 'period' END;

CREATE OR REPLACE MACRO value_number(of) AS TRY_CAST(coalesce(of.valueQuantity."value", of.valueInteger) AS DOUBLE);

CREATE OR REPLACE MACRO absence_of(of) AS coalesce(
    first_code(of.dataAbsentReason), extension_of(of.dataAbsentReason.extension, 'data-absent-reason').valueCode);

---- Synthea CSV ----

-- system_word: our name of a code system as the export writes it.
CREATE OR REPLACE MACRO system_word(word, otherwise) AS CASE
    WHEN word IS NULL THEN otherwise
    WHEN word ILIKE '%snomed%' THEN 'SNOMEDCT' WHEN word ILIKE '%rxnorm%' THEN 'RXNORM' WHEN word ILIKE '%loinc%' THEN 'LOINC' ELSE word END;

CREATE OR REPLACE MACRO coding(system, code) AS CASE WHEN code IS NULL THEN [] ELSE [{'code_system': system, 'code': code}] END;

-- row_id: an id for rows that have none of their own, from what tells them apart.
CREATE OR REPLACE MACRO row_id(person, encounter, code, moment) AS md5(concat_ws('|', person, encounter, code, moment));

CREATE OR REPLACE MACRO class_of(word) AS CASE word
    WHEN 'inpatient' THEN 'IMP' WHEN 'emergency' THEN 'EMER' WHEN 'virtual' THEN 'VR' WHEN 'home' THEN 'HH' WHEN 'hospice' THEN 'HH'
    WHEN 'snf' THEN 'SS' ELSE 'AMB' END;

CREATE OR REPLACE MACRO product_line_of(payer) AS CASE
    WHEN payer ILIKE 'medicare%' OR payer ILIKE 'dual%' THEN 'medicare' WHEN payer ILIKE 'medicaid%' THEN 'medicaid' ELSE 'commercial' END;
