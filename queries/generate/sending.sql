-- one row a claim, version of it and delivery that tells of it. Of the claims of the last three weeks before a delivery some are not decided
-- yet: they come as pending, and again in the next delivery as what they became.
WITH version AS (
    SELECT *, unnest(CASE fate WHEN 'replaced' THEN ['', 'R'] WHEN 'voided' THEN ['', 'V'] WHEN 'sent twice' THEN ['', ''] ELSE [''] END) AS version
    FROM generate.claim
),
received AS (
    SELECT * REPLACE (CAST(received_date + CASE WHEN version <> '' THEN 20 ELSE 0 END AS DATE) AS received_date) FROM version
),
told AS (
    SELECT r.*, d.delivery, d.file_date, d.next_delivery, d.next_file_date, waits AND claim_status = 'paid' AND r.received_date > d.to_date - 21 AS pending
    FROM received AS r
    JOIN generate.delivery AS d ON d.feed = r.payer || ' claims' AND r.received_date BETWEEN d.from_date AND d.to_date
)
SELECT * EXCLUDE (delivery, file_date, next_delivery, next_file_date, pending, waits, claim_status, sent), sent.claim_status, sent.delivery, sent.file_date
FROM (
    SELECT *, unnest([{claim_status: CASE WHEN pending THEN 'pending' ELSE claim_status END, delivery: delivery, file_date: file_date},
        {claim_status: claim_status, delivery: CASE WHEN pending THEN next_delivery END, file_date: next_file_date}]) AS sent
    FROM told
)
WHERE sent.delivery IS NOT NULL
