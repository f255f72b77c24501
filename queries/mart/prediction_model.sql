-- prediction_model: one row per predicted event: the model in use, or why nothing is scored; none where nothing was trained
-- whole
SELECT outcome, title, model, method, as_of, reason, scored, card, about FROM extract.prediction_model
