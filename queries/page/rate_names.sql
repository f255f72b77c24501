-- What each rate is called, what closes it and why it matters
SELECT rate_id, title, better, action, why, variant FROM mart.rate_name
