-- release: one row: what this version is as of, and whom it holds
SELECT CAST($as_of AS DATE) AS as_of, CAST($period_start AS DATE) AS period_start, CAST($period_end AS DATE) AS period_end,
       (SELECT count(*) FROM coded.person) AS people,
       (SELECT count(*) FROM coded.person WHERE held) AS held_people,
       (SELECT count(*) FROM coded.event) AS events
