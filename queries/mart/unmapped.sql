-- unmapped: one row per source, table and code system: how many coded rows no value set wants, of how many. A drug code is wanted by way of RxNorm
-- whole
WITH wanted AS (
    SELECT code_system, code, concept FROM reference.value_set_code
    UNION ALL
    SELECT 'NDC', n.ndc, w.concept FROM reference.ndc AS n JOIN reference.value_set_code AS w ON w.code_system = 'RXNORM' AND w.code = n.rxnorm
),
arrived AS (SELECT code_system, code, sent FROM valid.code),
known AS (SELECT DISTINCT code_system, code FROM concept_codes('wanted', 'arrived'))
SELECT i.data_source, i.table_name, i.code_system, sum(i.rows) AS row_count, count(*) AS codes,
       coalesce(sum(i.rows) FILTER (k.code IS NULL), 0) AS unmapped_rows, count(*) FILTER (k.code IS NULL) AS unmapped_codes
FROM valid.code AS i LEFT JOIN known AS k ON k.code_system = i.code_system AND k.code = i.code
GROUP BY ALL
