-- one row per Patient
SELECT row_number, person_id, person_id AS patient_id,
    named.given[1] AS first_name, named.given[2] AS middle_name, named.family AS last_name, named.suffix[1] AS name_suffix,
    gender AS sex, birthDate AS birth_date, day_of(deceasedDateTime) AS death_date, instant_of(deceasedDateTime) AS death_instant,
    CASE WHEN deceasedDateTime IS NOT NULL OR deceasedBoolean = 'true' THEN 1 END AS death_flag,
    list_filter(identifier, lambda i: ends_with(i.system, '/us-ssn'))[1]."value" AS social_security_number,
    list_filter(identifier, lambda i: ends_with(i.system, '/us-mbi'))[1]."value" AS medicare_beneficiary_id,
    list_filter(identifier, lambda i: first_code(i.type) = 'MR')[1]."value" AS medical_record_number,
    address[1].line[1] AS address, address[1].city AS city, address[1].state AS state, address[1].postalCode AS zip_code,
    address[1].district AS county,
    extension_of(extension_of(address[1].extension, 'geolocation').extension, 'latitude').valueDecimal AS latitude,
    extension_of(extension_of(address[1].extension, 'geolocation').extension, 'longitude').valueDecimal AS longitude,
    list_filter(telecom, lambda t: t.system = 'phone')[1]."value" AS phone, list_filter(telecom, lambda t: t.system = 'email')[1]."value" AS email,
    coalesce(extension_of(extension, 'us-core-sex').valueCode, extension_of(extension, 'us-core-sex').valueCoding.code) AS us_core_sex,
    extension_of(extension, 'us-core-birthsex').valueCode AS sex_at_birth,
    first_code(extension_of(extension, 'us-core-genderIdentity').valueCodeableConcept) AS gender_identity,
    coalesce(extension_of(races, 'text').valueString, extension_of(races, 'ombCategory').valueCoding.display) AS race,
    extension_of(races, 'ombCategory').valueCoding.code AS race_omb,
    coalesce(extension_of(ethnicities, 'text').valueString, extension_of(ethnicities, 'ombCategory').valueCoding.display) AS ethnicity,
    extension_of(ethnicities, 'ombCategory').valueCoding.code AS ethnicity_omb,
    first_code(coalesce(list_filter(communication, lambda c: c.preferred = 'true')[1], communication[1]).language) AS language_spoken,
    extension_of(extension, 'patient-interpreterRequired').valueBoolean = 'true' AS interpreter_needed,
    ref(scope, generalPractitioner[1]) AS general_practitioner_id, meta.lastUpdated AS source_updated_at
FROM (
    SELECT *, coalesce(list_filter(name, lambda n: n."use" = 'official')[1], name[1]) AS named,
        extension_of(extension, 'us-core-race').extension AS races, extension_of(extension, 'us-core-ethnicity').extension AS ethnicities
    FROM resource
)
