-- risk_prompt: one row per Medicare person and thing to look at: confirm (counted last year, not named this year), consider (a suspect with its evidence, or what
-- was named two years ago and not since), remove (what a score rests on looks unsupported). Prompts for documentation; nothing of it is in a score. `prompt`
-- is what one answers: all that speaks for the same; `answered` until there is evidence that whoever answered could not see
-- sorted by person
-- per person
WITH year_of AS (SELECT person, service_year, release, unnest(hccs) AS category FROM result.risk_score WHERE model = 'V28'),
this AS (SELECT person, release, category FROM year_of WHERE service_year = year($as_of)),
support AS (SELECT * FROM result.condition_category WHERE counts),
-- Who is known and scored this year: of others nothing can be said to be missing.
scored AS (SELECT person, release FROM result.risk_score WHERE model = 'V28' AND service_year = year($as_of) AND segment IS NOT NULL),
graver AS (
    SELECT c.release, c.category, h.drops
    FROM (SELECT release, unnest(hierarchy, recursive := true) FROM reference.risk_hierarchy) AS h JOIN reference.risk_category AS c ON c.release = h.release AND c.bit = h.bit
),
prompt AS (
    SELECT l.person, 'confirm' AS kind, l.release, l.category, 'counted in ' || (year($as_of) - 1) || ', on no claim that counts this year' AS why, NULL AS confidence,
        'CMS-HCC V28: a condition counts in a year only when a claim of that year names it' AS source, s.last_date, s.source_row
    FROM year_of AS l SEMI JOIN scored USING (person) LEFT JOIN support AS s ON s.person = l.person AND s.category = l.category AND s.year = l.service_year
    WHERE l.service_year = year($as_of) - 1
        -- What passes, as sepsis does, is not to be found again.
        AND EXISTS (FROM reference.risk_category AS c WHERE c.release = l.release AND c.category = l.category AND c.chronic)
        AND NOT EXISTS (FROM support AS n WHERE n.person = l.person AND n.category = l.category AND n.year = year($as_of))
        -- What a graver form of the same year takes the place of is not missing.
        AND NOT EXISTS (FROM this AS t JOIN graver AS g ON g.release = t.release AND g.category = t.category
            JOIN reference.risk_category AS own ON own.release = l.release AND own.category = l.category
            WHERE t.person = l.person AND (g.drops & own.bit) <> 0::UHUGEINT)
    UNION ALL
    -- Prior coding: two years ago and not since. Weaker than what was counted last year.
    SELECT o.person, 'consider', p.release, o.category, 'on claims that counted in ' || o.year || ', on none since', 'low',
        'CMS-HCC V28: a lasting condition that claims named once', o.last_date, o.source_row
    FROM support AS o JOIN scored AS p USING (person) JOIN reference.risk_category AS own ON own.release = p.release AND own.category = o.category
    WHERE o.year = year($as_of) - 2 AND own.chronic AND NOT EXISTS (FROM support AS n WHERE n.person = o.person AND n.category = o.category AND n.year > o.year)
        AND NOT EXISTS (FROM year_of AS t JOIN graver AS g ON g.release = t.release AND g.category = t.category WHERE t.person = o.person AND (g.drops & own.bit) <> 0::UHUGEINT)
    UNION ALL
    SELECT t.person, 'remove', t.release, t.category, 'one code on one day of ' || year($as_of) || ', in no other year on file', NULL,
        'HHS OIG, A-07-23-01213 (December 2023): diagnoses that nothing else supports', s.last_date, s.source_row
    FROM this AS t JOIN support AS s ON s.person = t.person AND s.category = t.category AND s.year = year($as_of)
    WHERE s.codes = 1 AND s.days = 1 AND NOT s.hospital AND NOT EXISTS (FROM support AS o WHERE o.person = s.person AND o.category = s.category AND o.year < s.year)
    UNION ALL
    SELECT t.person, 'remove', t.release, t.category, d.title || CASE d.wants WHEN 'hospital' THEN ' on an office claim and on no hospital claim of '
            WHEN 'often' THEN ' on no more than two days of ' ELSE ' on no more than one day of ' END || year($as_of), NULL, d.source, s.last_date, s.source_row
    FROM this AS t JOIN reference.risk_doubted AS d USING (category) JOIN support AS s ON s.person = t.person AND s.category = t.category AND s.year = year($as_of)
    WHERE NOT s.hospital AND s.days <= CASE d.wants WHEN 'often' THEN 2 WHEN 'twice' THEN 1 ELSE s.days END
        AND (d.code = '' OR list_bool_and(list_transform(s.named, lambda x: starts_with(x, d.code))))
    UNION ALL
    -- On claims only that are no visit, such as of a laboratory: it is in no score, and nobody seems to have assessed it.
    SELECT n.person, 'remove', p.release, n.category, 'only on claims of ' || n.year || ' without a face-to-face visit: not in the score', NULL,
        'CMS-HCC: diagnoses count from face-to-face visits only (eligible CPT and HCPCS codes of the payment year)', n.last_date, n.source_row
    FROM result.condition_category AS n JOIN scored AS p USING (person)
    WHERE n.year = year($as_of) AND NOT n.counts AND n.why_not = 'service does not count'
        AND NOT EXISTS (FROM support AS o WHERE o.person = n.person AND o.category = n.category)
),
named AS (
    SELECT p.person, p.kind, p.kind || '-hcc' || p.category AS prompt, c.label AS title, p.why, p.confidence, p.source, p.last_date, fact_word(p.last_date, NULL) AS evidence,
        p.category IN (SELECT category FROM reference.risk_sensitive WHERE model = 'V28') AS sensitive, p.category IN (SELECT category FROM reference.risk_doubted) AND p.source LIKE 'HHS OIG, %' AND p.why NOT LIKE 'one code%' AS audited,
        p.why NOT LIKE 'only on claims of %' AS in_score, file_of(p.source_row) AS file_no, row_of(p.source_row) AS row_number
    FROM prompt AS p JOIN reference.risk_category AS c ON c.release = p.release AND c.category = p.category
    UNION ALL
    SELECT s.person, 'consider', 'consider-hcc' || r.one_of[1], r.title, r.evidence || CASE WHEN isfinite(s.last_value) AND coalesce(r.at_least, r.below) IS NOT NULL THEN ' (last ' || round(s.last_value, 1) || ')' ELSE '' END, r.confidence, r.source,
        s.last_date, fact_word(s.last_date, CASE WHEN isfinite(s.last_value) THEN s.last_value END), FALSE, FALSE, FALSE, file_of(s.source_row), row_of(s.source_row)
    FROM result.suspect AS s JOIN reference.risk_suspect AS r USING (rule)
)
SELECT n.*, coalesce(bool_and(a.answered AND list_contains(a.known, n.evidence)) OVER (PARTITION BY n.person, n.prompt), false) AS answered
FROM named AS n
LEFT JOIN coded.answer AS a ON a.person = n.person AND a.measure_id = n.prompt AND a.period = year($as_of) AND a.unit = 0
