-- Of these people those of the viewer, once for each plan that covers them today (contract NULL: none)
SELECT DISTINCT p.person, p.first_name, p.last_name, p.birth_date, p.age, p.sex, c.contract
FROM (
    SELECT person, first_name, last_name, birth_date, age, sex, CASE WHEN len(contracts) > 0 THEN contracts ELSE [NULL] END AS contracts
    FROM mart.panel WHERE panel IN (SELECT unnest($panels)) AND person IN (SELECT unnest(CAST($people AS INTEGER[])))
) AS p, unnest(p.contracts) AS c (contract)
ORDER BY p.last_name, p.first_name, p.person, c.contract
