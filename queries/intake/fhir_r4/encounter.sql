-- one row per Encounter; a period without end stays open
SELECT row_number, person_id, person_id AS patient_id, scope || id AS encounter_id, period."start" AS encounter_start, period."end" AS encounter_end,
    first_code(hospitalization.admitSource) AS admit_source_code,
    list_filter(codings(hospitalization.dischargeDisposition), lambda c: c.code_system = 'NUBCDISCHARGE')[1].code AS discharge_disposition_code,
    ref(scope, participant[1].individual) AS attending_provider_id, participant[1].individual.display AS attending_provider_name,
    ref(scope, serviceProvider) AS facility_id, serviceProvider.display AS facility_name, status, class.code AS encounter_class,
    codings_of_all(type) AS codes, codings_of_all(reasonCode) AS reason_codes,
    codings(hospitalization.dischargeDisposition) AS discharge_disposition_codes,
    list_transform(diagnosis, lambda d: {'condition_id': ref(scope, d.condition), 'rank': TRY_CAST(d.rank AS INTEGER), 'use': first_code(d."use")})
        AS diagnoses,
    list_transform(location, lambda l: ref(scope, l.location)) AS location_ids,
    coalesce(npi_in(participant[1].individual), practitioner.npi) AS provider_npi, profile_names(meta) AS profiles,
    meta.lastUpdated AS source_updated_at
FROM resource
LEFT JOIN looked_up.practitioner ON practitioner.practitioner_id = ref(scope, participant[1].individual)
