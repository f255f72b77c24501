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

-- is_one_of: a word of '|a|b|c|'. Of five words on, IN becomes a join, which a query of other columns of the same view would run too.
CREATE OR REPLACE MACRO is_one_of(word, words) AS contains(words, '|' || CAST(word AS VARCHAR) || '|');

-- The short name of a code system, from the words that extracts use for it. Calls on one column, and no CASE over many words: DuckDB then
-- works once per word of a parquet dictionary instead of once per row.
CREATE OR REPLACE MACRO normal_system(name) AS
    CASE WHEN is_one_of(name, '|SNOMEDCT|LOINC|HCPCS|ICD10CM|RXNORM|CVX|NDC|ICD10PCS|ICD9CM|') THEN name
         ELSE coalesce(MAP {'icd10cm': 'ICD10CM', 'icd10': 'ICD10CM', 'icd10pcs': 'ICD10PCS', 'icd9cm': 'ICD9CM', 'icd9': 'ICD9CM',
            'icd9pcs': 'ICD9PCS', 'snomedct': 'SNOMEDCT', 'snomed': 'SNOMEDCT', 'sct': 'SNOMEDCT', 'snomedctus': 'SNOMEDCT', 'loinc': 'LOINC',
            'ln': 'LOINC', 'hcpcs': 'HCPCS', 'cpt': 'HCPCS', 'cpt4': 'HCPCS', 'cptii': 'HCPCS', 'cpt2': 'HCPCS', 'cdt': 'HCPCS',
            'rxnorm': 'RXNORM', 'ndc': 'NDC', 'cvx': 'CVX', 'msdrg': 'MSDRG', 'ubrev': 'UBREV', 'revenuecenter': 'UBREV', 'pos': 'POS',
            'actcode': 'ActCode'}[lower(replace(replace(replace(name, '-', ''), ' ', ''), '_', ''))], nullif(trim(name), '')) END;

-- The normal form of a code of a system (short name). Widths in one place: a macro is planned anew wherever it is named.
CREATE OR REPLACE MACRO normal_code(code_system, code) AS
    CASE WHEN code_system IN ('SNOMEDCT', 'LOINC', 'RXNORM') THEN plain(code)
         WHEN code_system IN ('ICD10CM', 'ICD10PCS', 'ICD9CM', 'ICD9PCS') THEN icd_code(code)
         WHEN is_one_of(code_system, '|HCPCS|UBREV|POS|MSDRG|TypeOfBill|PatDischargeStatus|')
         THEN padded(code, CASE code_system WHEN 'HCPCS' THEN 5 WHEN 'MSDRG' THEN 3 WHEN 'POS' THEN 2 WHEN 'PatDischargeStatus' THEN 2 ELSE 4 END)
         WHEN code_system = 'CVX' THEN cvx_code(code)
         WHEN code_system = 'NDC' THEN ndc_code(code)
         ELSE plain(code) END;

-- A list of codings in normal form; in two steps, since a macro's argument is planned again wherever the macro names it.
CREATE OR REPLACE MACRO normal_codes(codes) AS CASE WHEN len(codes) > 0 THEN list_transform(
    list_transform(codes, lambda c: {'code_system': normal_system(c.code_system), 'code': c.code}),
    lambda c: {'code_system': c.code_system, 'code': normal_code(c.code_system, c.code)}) ELSE codes END;

-- Every coding of a clinical row once: the list, the code as sent and the code as mapped (Tuva's two triples). A list alone (FHIR) and a
-- code as sent alone (tables) take short ways: lists are dear to put together. source_system is a short name already (normal_system).
CREATE OR REPLACE MACRO all_codes(codes, source_system, source_code, normalized_type, normalized_code) AS CASE
    WHEN source_code IS NULL AND normalized_code IS NULL THEN coalesce(normal_codes(codes), [])
    WHEN normalized_code IS NULL AND coalesce(len(codes), 0) = 0 THEN [{'code_system': source_system, 'code': normal_code(source_system, source_code)}]
    ELSE list_distinct(normal_codes(list_filter(
        list_concat(codes, [{'code_system': source_system, 'code': source_code}, {'code_system': normalized_type, 'code': normalized_code}]),
        lambda c: c.code IS NOT NULL))) END;
