-- one row per beneficiary who has a birth date (IDR keeps rows of other keys without one)
SELECT row_number, BENE_SK AS person_id, BENE_SK AS patient_id, BENE_1ST_NAME AS first_name, BENE_MIDL_NAME AS middle_name, BENE_LAST_NAME AS last_name,
    CASE BENE_SEX_CD WHEN '1' THEN 'male' WHEN '2' THEN 'female' ELSE 'unknown' END AS sex, BENE_BRTH_DT AS birth_date, day_of(BENE_DEATH_DT) AS death_date,
    CASE WHEN BENE_DEATH_DT IS NOT NULL THEN 1 END AS death_flag
FROM arrived
WHERE BENE_BRTH_DT IS NOT NULL
