-- Why people of the viewer have no risk tier, or no V28 score (Medicare people): a reason and how many people it holds for; one person may have several
WITH people AS (
    SELECT DISTINCT person FROM mart.panel WHERE panel IN (SELECT unnest($panels)) AND ($contract IS NULL OR list_contains(contracts, $contract))
      AND ($people IS NULL OR person IN (SELECT unnest(CAST($people AS INTEGER[]))))
),
told AS (
    SELECT person, 'tier' AS of_what, untiered AS reason FROM mart.risk WHERE untiered IS NOT NULL AND tier IS NULL
    UNION ALL
    SELECT person, 'score', unnest(string_split(not_scoreable, '; ')) FROM mart.risk WHERE not_scoreable IS NOT NULL
)
SELECT of_what, reason, count(*) AS people FROM told SEMI JOIN people USING (person) GROUP BY ALL ORDER BY of_what, people DESC, reason
