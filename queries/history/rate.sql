-- rate: one row per rate of this build, with the key that every build gives it
SELECT rate_key(measure_id, variant, rate) AS rate_key, measure_id, variant, rate FROM reference.rate
