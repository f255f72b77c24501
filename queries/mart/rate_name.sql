-- rate_name: one row a rate: what it is called (`slug` in addresses), what closes it, why it matters, where its facts come from
-- whole
SELECT rate_id, measure_id, variant, rate, title, better, action, basis, harm, domain, why, chart_only, source, unconfirmed, release,
    measure_id IN (SELECT name FROM reference.sensitive WHERE kind = 'measure') AS sensitive,
    trim(regexp_replace(lower(concat_ws('-', measure_id, nullif(variant, 'HEDIS'), nullif(rate, measure_id))), '[^a-z0-9]+', '-', 'g'), '-') AS slug
FROM reference.rate
