-- The contracts (plan and product line) that the plan picker offers
SELECT contract, coalesce(plan, payer) AS name, product_line FROM mart.contract ORDER BY coalesce(plan, payer), product_line
