-- one row per contract: plan x product line
WITH sent AS (
    SELECT DISTINCT payer, plan, product_line_of(product_line, payer_type) AS product_line
    FROM valid.eligibility
)
SELECT contract_of(payer, plan, product_line) AS contract, payer, plan, product_line FROM sent
