-- contract: one row per contract of this build: plan x product line
SELECT contract, payer, plan, product_line FROM coded.contract
