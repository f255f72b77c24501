-- event: one row per coded event, as `coded` made it: the patient's page reads it (queries/page/patient_history.sql says what it tells and hides), and
-- a refresh, as coded.event of the tables to which nothing came. What the events of one fact have in common stands once when they lie side by side:
-- a fifth less than by person alone
-- sorted by person, fact
-- in pieces
-- per person
-- by fact
-- beside the cards
SELECT * FROM coded.event
