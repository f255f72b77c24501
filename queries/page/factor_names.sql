-- What the factors of risk scores are called: the same for everybody
SELECT release, factor, label FROM mart.factor_name
