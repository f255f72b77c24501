-- What the served version is as of, and when it was published (UTC): one row
SELECT version, as_of, published_at, people FROM mart.version
