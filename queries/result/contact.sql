-- coded event that tells of a contact: of a claim or an encounter. Who asks only whether and when somebody was seen reads these, and is not asked again
-- where a result or a prescription came
-- view
-- beside the cards
-- by fact
SELECT * FROM coded.event WHERE (kinds & (kind('claim') | kind('encounter'))) <> 0
