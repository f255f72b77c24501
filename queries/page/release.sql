-- What the served version is as of, when it was published (UTC), of how many people and claim lines: one row
SELECT version, as_of, published_at, people,
    (SELECT CAST(sum(row_count) AS BIGINT) FROM mart.feed WHERE table_name IN ('medical_claim', 'pharmacy_claim')) AS claims
FROM mart.version
