-- change_since: one row: the day of the version that mart.rate_change compares with; none where the year has no earlier month
-- whole
SELECT as_of FROM history.then_version
