-- one row per patient
SELECT row_number, Id AS person_id, Id AS patient_id, FIRST AS first_name, MIDDLE AS middle_name, LAST AS last_name, SUFFIX AS name_suffix,
    CASE GENDER WHEN 'M' THEN 'male' WHEN 'F' THEN 'female' ELSE 'unknown' END AS sex, RACE AS race, ETHNICITY AS ethnicity,
    BIRTHDATE AS birth_date, day_of(DEATHDATE) AS death_date, instant_of(DEATHDATE) AS death_instant,
    CASE WHEN DEATHDATE IS NOT NULL THEN 1 END AS death_flag, SSN AS social_security_number, ADDRESS AS address, CITY AS city, STATE AS state,
    ZIP AS zip_code, COUNTY AS county, LAT AS latitude, LON AS longitude
FROM arrived
