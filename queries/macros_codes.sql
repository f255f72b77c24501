-- How codes are written inside the project (queries/valid/README.md says why). reference.value_set_code is written in the same way, so
-- that codes meet by plain equality.

-- Text without blanks around it; NULL when nothing is left.
CREATE OR REPLACE MACRO plain(code) AS nullif(upper(trim(code)), '');

-- 'e11.9 ' -> E119.
CREATE OR REPLACE MACRO icd_code(code) AS nullif(upper(replace(replace(code, '.', ''), ' ', '')), '');

-- '421', '421.0' -> 0421 with width 4: leading zeros that a spreadsheet took come back. Codes with letters stay.
CREATE OR REPLACE MACRO padded(code, width) AS
    CASE WHEN length(code) = width AND code NOT LIKE '%.%' THEN upper(code)
         WHEN regexp_matches(trim(code), '^\d+(\.0*)?$') AND length(split_part(trim(code), '.', 1)) <= width
         THEN lpad(split_part(trim(code), '.', 1), width, '0')
         ELSE plain(code) END;

-- CPT, CPT II, CDT, HCPCS: five characters. '99213.0' -> 99213, '100' -> 00100, 'g0105' -> G0105.
CREATE OR REPLACE MACRO hcpcs_code(code) AS padded(code, 5);

-- UB-04 revenue center: four digits. Bill type: four digits with the leading zero. Place of service, discharge status: two.
CREATE OR REPLACE MACRO revenue_code(code) AS padded(code, 4);
CREATE OR REPLACE MACRO bill_type_code(code) AS padded(code, 4);
CREATE OR REPLACE MACRO place_code(code) AS padded(code, 2);

-- CVX: at least two digits, no zeros beyond them. '3' -> 03, '003' -> 03, '0115' -> 115.
CREATE OR REPLACE MACRO cvx_code(code) AS
    CASE WHEN regexp_matches(trim(code), '^0*\d{1,2}(\.0*)?$') THEN lpad(right(split_part(trim(code), '.', 1), 2), 2, '0')
         WHEN regexp_matches(trim(code), '^\d+(\.0*)?$') THEN ltrim(split_part(trim(code), '.', 1), '0')
         ELSE plain(code) END;

-- NDC: eleven digits (5-4-2). Dashes say which part of a ten-digit code lacks its zero; without dashes zeros go in front.
CREATE OR REPLACE MACRO ndc_code(code) AS
    CASE WHEN length(code) = 11 AND regexp_matches(code, '^\d{11}$') THEN code
         WHEN regexp_matches(trim(code), '^\d{1,5}-\d{1,4}-\d{1,2}$')
         THEN lpad(split_part(trim(code), '-', 1), 5, '0') || lpad(split_part(trim(code), '-', 2), 4, '0') || lpad(split_part(trim(code), '-', 3), 2, '0')
         WHEN regexp_matches(trim(code), '^\d{7,11}(\.0*)?$') THEN lpad(split_part(trim(code), '.', 1), 11, '0')
         ELSE plain(code) END;

-- The short name of a code system, from the words that extracts use for it.
CREATE OR REPLACE MACRO normal_system(name) AS
    CASE WHEN name IN ('SNOMEDCT', 'LOINC', 'HCPCS', 'ICD10CM', 'RXNORM', 'CVX', 'NDC', 'ICD10PCS', 'ICD9CM') THEN name
         ELSE CASE regexp_replace(lower(name), '[^a-z0-9]', '', 'g')
            WHEN 'icd10cm' THEN 'ICD10CM' WHEN 'icd10' THEN 'ICD10CM' WHEN 'icd10pcs' THEN 'ICD10PCS'
            WHEN 'icd9cm' THEN 'ICD9CM' WHEN 'icd9' THEN 'ICD9CM' WHEN 'icd9pcs' THEN 'ICD9PCS'
            WHEN 'snomedct' THEN 'SNOMEDCT' WHEN 'snomed' THEN 'SNOMEDCT' WHEN 'sct' THEN 'SNOMEDCT' WHEN 'snomedctus' THEN 'SNOMEDCT'
            WHEN 'loinc' THEN 'LOINC' WHEN 'ln' THEN 'LOINC'
            WHEN 'hcpcs' THEN 'HCPCS' WHEN 'cpt' THEN 'HCPCS' WHEN 'cpt4' THEN 'HCPCS' WHEN 'cptii' THEN 'HCPCS' WHEN 'cpt2' THEN 'HCPCS' WHEN 'cdt' THEN 'HCPCS'
            WHEN 'rxnorm' THEN 'RXNORM' WHEN 'ndc' THEN 'NDC' WHEN 'cvx' THEN 'CVX' WHEN 'msdrg' THEN 'MSDRG'
            WHEN 'ubrev' THEN 'UBREV' WHEN 'revenuecenter' THEN 'UBREV' WHEN 'pos' THEN 'POS' WHEN 'actcode' THEN 'ActCode'
            ELSE nullif(trim(name), '') END END;

-- The normal form of a code of a system (short name).
CREATE OR REPLACE MACRO normal_code(code_system, code) AS
    CASE WHEN code_system IN ('SNOMEDCT', 'LOINC', 'RXNORM') THEN plain(code)
         WHEN code_system IN ('ICD10CM', 'ICD10PCS', 'ICD9CM', 'ICD9PCS') THEN icd_code(code)
         WHEN code_system = 'HCPCS' THEN hcpcs_code(code)
         WHEN code_system = 'CVX' THEN cvx_code(code)
         WHEN code_system = 'NDC' THEN ndc_code(code)
         WHEN code_system = 'UBREV' THEN revenue_code(code)
         WHEN code_system = 'POS' THEN place_code(code)
         WHEN code_system = 'MSDRG' THEN padded(code, 3)
         WHEN code_system = 'TypeOfBill' THEN bill_type_code(code)
         WHEN code_system = 'PatDischargeStatus' THEN place_code(code)
         ELSE plain(code) END;

-- A list of codings in normal form; in two steps, since a macro's argument is planned again wherever the macro names it.
CREATE OR REPLACE MACRO normal_codes(codes) AS list_transform(
    list_transform(codes, lambda c: {'code_system': normal_system(c.code_system), 'code': c.code}),
    lambda c: {'code_system': c.code_system, 'code': normal_code(c.code_system, c.code)});

-- Every coding of a clinical row once: the list, the code as sent and the code as mapped (Tuva's two triples).
CREATE OR REPLACE MACRO all_codes(codes, source_type, source_code, normalized_type, normalized_code) AS
    list_distinct(coalesce(normal_codes(list_filter(
        list_concat(codes, [{'code_system': source_type, 'code': source_code}, {'code_system': normalized_type, 'code': normalized_code}]),
        lambda c: c.code IS NOT NULL)), []));
