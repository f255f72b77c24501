-- one row per AllergyIntolerance
SELECT row_number, person_id, scope || id AS allergy_id, ref(scope, encounter) AS encounter_id,
    coalesce(onsetDateTime, onsetPeriod."start", birthday(birth_day, onsetAge), birthday(birth_day, onsetRange.low)) AS onset,
    coalesce(onsetDateTime, onsetPeriod."end", birthday(birth_day, onsetAge), birthday(birth_day, onsetRange.high)) AS onset_end,
    recordedDate AS recorded, lastOccurrence AS last_occurrence, first_code(clinicalStatus) AS clinical_status,
    first_code(verificationStatus) AS verification_status, codings(code) AS codes, category AS categories, profile_names(meta) AS profiles,
    meta.lastUpdated AS source_updated_at
FROM resource
LEFT JOIN looked_up.patient USING (person_id)
