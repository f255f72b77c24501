-- one row per AdverseEvent
SELECT row_number, person_id, scope || id AS adverse_event_id, ref(scope, encounter) AS encounter_id, "date" AS occurred, recordedDate AS recorded,
    actuality, codings(event) AS codes, profile_names(meta) AS profiles, meta.lastUpdated AS source_updated_at
FROM resource
