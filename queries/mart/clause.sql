-- clause: one row per rate and clause: the sentence of the card that the screen shows
SELECT rate_id, clause, role, text, measure_id, variant, rate, title, better, why, source, unconfirmed
FROM reference.clause JOIN reference.rate USING (rate_id)
