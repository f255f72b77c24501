-- event: one row per coded event, as `coded` made it: the patient's page reads it (queries/page/patient_history.sql says what it tells and hides), and
-- a refresh, as coded.event of the tables to which nothing came. What the events of one claim have in common stands once when they lie side by side:
-- the file is a fourth smaller than by person alone
-- sorted by person, start_date, fact
-- in pieces
-- per person
-- by fact
-- beside the cards
SELECT * FROM coded.event
