-- rate_name: one row per rate: which measure and variant it belongs to
SELECT rate_id, measure_id, variant, rate FROM reference.rate
