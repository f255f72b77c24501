-- one row per Appointment; times are the wall clock of the practice
SELECT row_number, coalesce(person_id, tail(list_filter(participant, lambda p: regexp_matches(p.actor.reference, 'Patient/'))[1].actor.reference))
        AS person_id,
    scope || id AS appointment_id, local_time_of("start") AS start_datetime, local_time_of("end") AS end_datetime, minutesDuration AS duration,
    ref(scope, list_filter(participant, lambda p: regexp_matches(p.actor.reference, 'Location[/?]'))[1].actor) AS location_id,
    ref(scope, list_filter(participant, lambda p: regexp_matches(p.actor.reference, 'Practitioner[/?]'))[1].actor) AS practitioner_id,
    codings(appointmentType)[1].code_system AS source_appointment_type_code_type, first_code(appointmentType) AS source_appointment_type_code,
    coalesce(words_of(appointmentType), words_of(serviceType[1])) AS source_appointment_type_description, status,
    coalesce(words_of(reasonCode[1]), description) AS reason, words_of(cancelationReason) AS cancellation_reason,
    meta.lastUpdated AS source_updated_at
FROM resource
