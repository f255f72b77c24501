-- delegable: one row per measure of which an assistant may prepare or do something by the practice's standing order
-- whole
SELECT measure_id, assistant_action, standing_order, source, unconfirmed = 'yes' AS unconfirmed FROM reference.delegable
