-- factor_name: one row per factor and set of tables of a risk model: what it is called
-- whole
SELECT release, factor, label FROM reference.risk_factor_name
