-- contract: one row per contract: a plan of a payer in a product line
-- whole
SELECT contract, payer, plan, product_line FROM coded.contract
