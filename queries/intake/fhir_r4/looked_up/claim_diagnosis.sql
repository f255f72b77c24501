-- one row per ExplanationOfBenefit with diagnoses: their codes, the principal one first
SELECT file_index, row_number, flatten(list(diagnoses ORDER BY is_principal DESC, place)) AS diagnoses
FROM (
    SELECT file_index, row_number, place, list_contains(code_values(d.type), 'principal') AS is_principal,
        list_transform(coalesce(codings(d.diagnosisCodeableConcept), condition.codes),
            lambda c: {'code_system': c.code_system, 'code': c.code, 'present_on_admission': first_code(d.onAdmission)}) AS diagnoses
    FROM (
        SELECT file_index, row_number, scope, unnest(diagnosis) AS d, unnest(range(len(diagnosis))) AS place FROM resource
    )
    LEFT JOIN looked_up.condition ON condition.condition_id = ref(scope, d.diagnosisReference)
)
WHERE diagnoses IS NOT NULL GROUP BY ALL
