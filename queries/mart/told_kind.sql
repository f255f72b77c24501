-- told_kind: one row: the bits of the kinds (measures/kinds.yaml) by which a history tells one event from another
-- whole
SELECT
    kind('pending') | kind('not_done') | kind('not_done_issued') | kind('not_requested') | kind('medication_bounds') | kind('fill') AS untold_bits,
    kind('condition') | kind('visit_diagnosis') AS diagnosis_bits,
    kind('medication') AS medication_bits,
    kind('dispensed') | kind('medication_course') | kind('ordered') AS drug_bits,
    kind('observation') AS observation_bits, kind('claim') AS claim_bits, kind('immunization') AS immunization_bits, kind('encounter') AS encounter_bits
