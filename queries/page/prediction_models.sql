-- What is predicted: the model in use with its card as JSON, or why nothing is scored
SELECT outcome, title, model, method, as_of, reason, scored, card, about FROM mart.prediction_model ORDER BY outcome
