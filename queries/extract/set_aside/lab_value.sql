-- result whose value is impossible or not to be told, and row that is no result at all
WITH bound AS (
    SELECT v.code_system, v.code, p.concept, p.unit, p.low, p.high
    FROM reference.plausible_value AS p JOIN reference.concept AS c ON c.name = p.concept JOIN reference.value_set_code AS v ON v.concept = c.concept
),
spelling AS (SELECT from_unit, any_value(to_unit) AS to_unit FROM reference.unit WHERE concept IS NULL GROUP BY from_unit),
laboratory AS NOT MATERIALIZED (
    SELECT source_row, data_source, file_name, result, result_numeric, result_type, result_codes,
        coalesce(normalized_component_code, source_component_code, codes[1].code) AS code, coalesce(units_ucum, normalized_units, source_units) AS units
    FROM extract.lab_result
),
observation AS NOT MATERIALIZED (
    SELECT source_row, data_source, file_name, result, result_numeric, result_type, coalesce(normalized_code, source_code, codes[1].code) AS code,
        coalesce(units_ucum, normalized_units, source_units) AS units
    FROM extract.observation
),
-- Few codes have bounds: only their rows are read in full.
measured AS MATERIALIZED (
    SELECT 'lab_result' AS table_name, source_row, data_source, file_name, result, result_numeric, result_type, units, concept
    FROM laboratory JOIN (SELECT DISTINCT code, concept FROM bound) AS b USING (code)
    UNION ALL
    SELECT 'observation', source_row, data_source, file_name, result, result_numeric, result_type, units, concept
    FROM observation JOIN (SELECT DISTINCT code, concept FROM bound) AS b USING (code)
),
own AS (SELECT concept, any_value(to_unit) AS unit FROM reference.unit WHERE concept IS NOT NULL GROUP BY concept),
number AS (
    SELECT m.table_name, m.source_row, m.data_source, m.file_name, m.concept, result_number(result, result_numeric, result_type) AS number,
        coalesce(s.to_unit, unit_of(result, units, result_type)) AS unit, own.unit AS own_unit
    FROM measured AS m LEFT JOIN spelling AS s ON s.from_unit = unit_of(result, units, result_type) LEFT JOIN own USING (concept)
),
judged AS (
    SELECT n.table_name, n.source_row, n.data_source, n.file_name, n.number, n.unit, bool_or(b.unit = n.unit) AS unit_known,
        bool_or(b.unit = n.unit AND n.number BETWEEN b.low AND b.high) AS fits, bool_or(n.number BETWEEN b.low AND b.high) AS fits_some,
        bool_or(b.unit = n.own_unit AND n.number BETWEEN b.low AND b.high) AS fits_own
    FROM number AS n JOIN (SELECT DISTINCT concept, unit, low, high FROM bound) AS b ON b.concept = n.concept
    WHERE n.number IS NOT NULL
    GROUP BY ALL
),
value_verdict AS (
    SELECT table_name, source_row, data_source, file_name, CASE
            WHEN unit_known AND NOT fits OR unit IS NULL AND NOT fits_some THEN 'lab_95_implausible'
            WHEN unit IS NULL AND NOT fits_own THEN 'lab_89_ambiguous_unit' END AS rule,
        number || coalesce(' ' || unit, '') AS found
    FROM judged
)
FROM value_verdict ANTI JOIN extract.broken_row USING (source_row) WHERE rule IS NOT NULL
UNION ALL
SELECT 'lab_result', source_row, data_source, file_name,
    CASE WHEN result IS NULL THEN 'lab_96_order_without_result' ELSE 'lab_91_not_performed' END, result
FROM laboratory ANTI JOIN extract.broken_row USING (source_row)
WHERE result_numeric IS NULL AND CASE WHEN result IS NULL THEN code IS NULL WHEN TRY_CAST(result AS DOUBLE) IS NULL THEN says_not_performed(result) END
    AND coalesce(len(result_codes), 0) = 0
