-- rate_name: one row a rate: what it is called, what closes it, why it matters, where its facts come from
SELECT rate_id, measure_id, variant, rate, title, better, action, basis, harm, domain, why, chart_only, source, unconfirmed FROM reference.rate
