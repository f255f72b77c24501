-- event: one row per coded event, as `coded` made it: the patient's page reads it (queries/page/patient_history.sql says what it tells and hides), and
-- a refresh, as coded.event of the tables to which nothing came
-- sorted by person
-- in pieces
-- per person
-- by fact
-- beside the cards
SELECT * FROM coded.event
