-- Observation resource: laboratory results and vital signs
SELECT 'Observation' AS "resourceType", id, {profile: ['http://hl7.org/fhir/us/core/StructureDefinition/us-core-observation-lab']} AS meta, 'final' AS status,
    [{coding: [{system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: category, display: category}]}] AS category,
    {coding: [{system: 'http://loinc.org', code: code, display: test}], text: test} AS code, {reference: 'Patient/' || person_id} AS subject,
    strftime(taken_at, '%Y-%m-%dT%H:%M:%S-08:00') AS "effectiveDateTime", strftime(taken_at + INTERVAL 1 DAY, '%Y-%m-%dT%H:%M:%S.000-08:00') AS issued,
    {value: value, unit: unit, system: 'http://unitsofmeasure.org', code: unit} AS "valueQuantity"
FROM (
    SELECT lab_result_id AS id, person_id, 'laboratory' AS category, source_component_code AS code, source_component_description AS test,
        collection_datetime AS taken_at, TRY_CAST(result AS DOUBLE) AS value, source_units AS unit
    FROM read_parquet($extract || '/lab_result/*.parquet')
    WHERE source_component_code_type = 'loinc'
    UNION ALL
    SELECT observation_id, person_id, categories[1], source_code, source_description, CAST(observation_date AS TIMESTAMP), result_numeric, source_units
    FROM read_parquet($extract || '/observation/*.parquet')
)
WHERE value IS NOT NULL
