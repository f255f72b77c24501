-- Weighted choices as lists: an entry stands as often as it weighs.

CREATE OR REPLACE TABLE generate.code_list AS
SELECT name, list(code ORDER BY code_system, code) AS codes, list(code_system ORDER BY code_system, code) AS systems
FROM (SELECT name, code_system, code, unnest(range(weight)) AS turn FROM generate.code)
GROUP BY name;

CREATE OR REPLACE TABLE generate.coding_list AS
SELECT name, list({code_system: code_system, code: code} ORDER BY code_system, code) AS codings
FROM (SELECT name, code_system, code, unnest(range(weight)) AS turn FROM generate.code)
GROUP BY name;

-- A product of a vaccine has its CVX and its CPT at the same place of two lists, so these keep the order of the file.
CREATE OR REPLACE TABLE generate.product_list AS
SELECT name, list(code ORDER BY place) AS codes
FROM (SELECT name, code, rowid AS place, unnest(range(weight)) AS turn FROM generate.code)
GROUP BY name;

CREATE OR REPLACE TABLE generate.ndc_list AS
SELECT d.name, list(coalesce(n.ndc, d.code) ORDER BY d.code_system, d.code, n.ndc) AS codes
FROM (SELECT name, code_system, code, unnest(range(weight)) AS turn FROM generate.code WHERE code_system IN ('RXNORM', 'NDC')) AS d
LEFT JOIN generate.ndc AS n ON n.rxnorm = d.code AND d.code_system = 'RXNORM'
WHERE d.code_system = 'NDC' OR n.ndc IS NOT NULL
GROUP BY d.name;

CREATE OR REPLACE TABLE generate.age_list AS
SELECT product_line, list({from_age: from_age, to_age: to_age} ORDER BY from_age) AS ages
FROM (SELECT *, unnest(range(weight)) AS turn FROM generate.age_mix)
GROUP BY product_line;

CREATE OR REPLACE TABLE generate.clinician_list AS
SELECT practice,
    list(clinician ORDER BY clinician) FILTER (turn < child_weight) AS of_children,
    list(clinician ORDER BY clinician) FILTER (turn < adult_weight AND child_weight > 0) AS of_young,
    list(clinician ORDER BY clinician) FILTER (turn < adult_weight) AS of_adults
FROM (SELECT *, unnest(range(greatest(child_weight, adult_weight))) AS turn FROM generate.clinician WHERE practice IS NOT NULL)
GROUP BY practice;

CREATE OR REPLACE TABLE generate.specialist_list AS
SELECT specialty, list(clinician ORDER BY clinician) AS specialists
FROM generate.clinician
WHERE practice IS NULL
GROUP BY specialty;

CREATE OR REPLACE TABLE generate.name_list AS
SELECT culture,
    list(name ORDER BY name) FILTER (part = 'female') AS female,
    list(name ORDER BY name) FILTER (part = 'male') AS male,
    list(name ORDER BY name) FILTER (part = 'last') AS last_names
FROM generate.name
WHERE part <> 'street'
GROUP BY culture;

CREATE OR REPLACE TABLE generate.choice AS
SELECT
    (SELECT list(plan ORDER BY plan) FROM (SELECT plan, unnest(range(weight)) FROM generate.plan)) AS plans,
    (SELECT list(practice ORDER BY practice) FROM (SELECT practice, unnest(range(weight)) FROM generate.practice)) AS practices,
    (SELECT list(practice ORDER BY practice) FROM (SELECT practice, unnest(range(weight)) FROM generate.practice)
        SEMI JOIN (FROM generate.clinician WHERE child_weight > 0) USING (practice)) AS practices_of_young,
    (SELECT list(culture ORDER BY culture) FROM (SELECT culture, unnest(range(weight)) FROM generate.culture)) AS cultures,
    (SELECT list(name ORDER BY name) FROM generate.name WHERE part = 'street') AS streets;

CREATE OR REPLACE TABLE generate.clinician_npi AS
SELECT clinician, npi(CAST(280000000 + clinician * 97 AS VARCHAR)) AS npi FROM generate.clinician;

CREATE OR REPLACE TABLE generate.facility_npi AS
SELECT facility, npi(CAST(270000000 + facility * 101 AS VARCHAR)) AS npi FROM generate.facility;
