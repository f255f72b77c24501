-- laboratory results without a standard code, a number, a unit or a day of collection
WITH rule AS (SELECT table_name, rule, cure FROM reference.rule),
result AS (
    SELECT data_source, file_name, source_row, result, result_numeric, result_type, result_codes, coalesce(units_ucum, normalized_units, source_units) AS units,
        collection_datetime, coalesce(normalized_component_code, source_component_code) AS code,
        coalesce(normalized_component_code_type, source_component_code_type) AS code_system,
        -- Of each column apart: of what coalesce gives, a name would be looked up row by row instead of once.
        CASE WHEN normalized_component_code_type IS NULL THEN normal_system(source_component_code_type) ELSE normal_system(normalized_component_code_type) END AS system,
        codes
    FROM extract.lab_result
    ANTI JOIN (SELECT source_row FROM extract.set_aside WHERE table_name = 'lab_result') AS aside USING (source_row)
),
found AS (
    SELECT 'lab_result' AS table_name, data_source, file_name, 'lab_87_no_standard_code' AS rule, count(*) AS rows, min(source_row) AS first_row,
        coalesce(code_system, 'no system') || ' ' || code AS found
    FROM result
    WHERE coalesce(system, '') NOT IN ('LOINC', 'SNOMEDCT', 'HCPCS') AND coalesce(len(codes), 0) = 0 AND code IS NOT NULL
    GROUP BY ALL
    UNION ALL
    SELECT 'lab_result', data_source, file_name, 'lab_91_no_number', count(*), min(source_row), result
    FROM result
    WHERE result_numeric IS NULL AND result IS NOT NULL AND coalesce(len(result_codes), 0) = 0 AND result_type IS NULL
        AND result_number(result, NULL, NULL) IS NULL
    GROUP BY ALL
    UNION ALL
    SELECT 'lab_result', data_source, file_name, 'lab_89_no_unit', count(*), min(source_row), code
    FROM result
    WHERE units IS NULL AND result_number(result, result_numeric, result_type) IS NOT NULL AND unit_of(result, NULL, result_type) IS NULL
    GROUP BY ALL
    UNION ALL
    SELECT 'lab_result', data_source, file_name, 'lab_93_result_date', count(*), min(source_row), NULL
    FROM result WHERE collection_datetime IS NULL GROUP BY ALL
)
FROM warned('found', 'rule')
