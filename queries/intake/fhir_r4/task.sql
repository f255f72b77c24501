-- one row per Task
SELECT row_number, person_id, scope || id AS task_id, ref(scope, encounter) AS encounter_id, authoredOn AS authored,
    executionPeriod."start" AS executed, executionPeriod."end" AS executed_end, intent,
    list_transform(basedOn, lambda b: ref(scope, b)) AS based_on_ids, ref(scope, focus) AS focus_id, status,
    coalesce(profile_negates(meta), FALSE) AS not_done, list_concat(codings(statusReason), negation_reasons(extension)) AS status_reason_codes,
    codings(reasonCode) AS reason_codes, codings(code) AS codes, profile_names(meta) AS profiles, meta.lastUpdated AS source_updated_at
FROM resource
