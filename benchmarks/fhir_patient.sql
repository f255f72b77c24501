-- Patient resource
SELECT 'Patient' AS "resourceType", person_id AS id, [{family: last_name, given: [first_name]}] AS name, sex AS gender, birth_date AS "birthDate",
    [{system: 'phone', value: phone, use: 'home'}] AS telecom, [{city: city, state: state, "postalCode": zip_code, country: 'US'}] AS address
FROM read_parquet($extract || '/patient/*.parquet')
