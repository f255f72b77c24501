-- one row per Coverage; who the person is comes from the Patient of the delivery
SELECT row_number, person_id, subscriberId AS member_id, subscriberId AS subscriber_id, patient.sex AS gender,
    CAST(patient.birth_day AS VARCHAR) AS birth_date, day_of(period."start") AS enrollment_start_date, day_of(period."end") AS enrollment_end_date,
    coalesce(payor[1].display, organization.name, tail(payor[1].reference)) AS payer,
    coalesce(list_filter(class, lambda c: first_code(c.type) = 'plan')[1].name, list_filter(class, lambda c: first_code(c.type) = 'plan')[1]."value",
        words_of(type), first_code(type), payor[1].display, organization.name) AS plan,
    words_of(type) AS payer_type, first_code(relationship) AS subscriber_relation, status AS enrollment_status,
    list_filter(class, lambda c: first_code(c.type) = 'group')[1]."value" AS group_id,
    list_filter(class, lambda c: first_code(c.type) = 'group')[1].name AS group_name, patient.first_name, patient.last_name,
    meta.lastUpdated AS source_updated_at
FROM resource
LEFT JOIN looked_up.patient USING (person_id)
LEFT JOIN looked_up.organization ON organization.organization_id = ref(scope, payor[1])
