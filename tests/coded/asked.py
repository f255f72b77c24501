"""Events of a part of coded.event with the kinds that a test asks about as columns of their own."""

import drawn

from dashboard.build.macros import kind_bits

# Concepts of the tests: 1 = a code of its own, 2 = another; code A1 has both, and every code of ICD10CM that begins with C18 has 3.
WANTED = """
    concept | code_system | code
    1       | SNOMEDCT    | A
    1       | SNOMEDCT    | A1
    2       | SNOMEDCT    | A1
    1       | ICD10CM     | A
    3       | ICD10CM     | C18*
    4       | LOINC       | 8480-6
    5       | HCPCS       | 45378
    6       | HCPCS       | 3044F
    7       | RXNORM      | 83367
    8       | UBREV       | 045*
    9       | POS         | 02
    10      | ICD10PCS    | 0DJD8ZZ
    11      | TypeOfBill  | 011*
    12      | TypeOfBill  | 021*
    13      | UBREV       | 0118
    14      | UBREV       | 0120
    15      | MODIFIER    | 8P
    16      | MODIFIER    | 1P
    16      | MODIFIER    | 2P
    16      | MODIFIER    | 3P
    17      | ActCode     | IMP
    17      | ActCode     | NONAC
    18      | ActCode     | NONAC
    19      | POS         | 81
    19      | HCPCS       | 8*
"""
NAMES = """
    concept | name
    1       | one
    2       | two
    3       | colon_cancer
    4       | systolic_blood_pressure
    5       | colonoscopy
    6       | hba1c_laboratory_test
    7       | statin
    8       | ed_visit
    9       | telehealth_visit
    10      | colonoscopy_inpatient
    11      | acute_bill_type
    12      | nonacute_bill_type
    13      | nonacute_room
    14      | inpatient_room_and_board
    15      | not_performed_modifier
    16      | performance_exclusion_modifier
    17      | encounter_class_inpatient
    18      | encounter_class_nonacute
    19      | laboratory_imaging_or_equipment
    30      | acute_stay
    31      | nonacute_stay
    32      | inpatient_stay
"""


def asked_of(covered: str, table: str) -> str:
    """A drawn table of concepts or codes as what is asked about covered people (T) or about the others (F)."""
    head, *lines = table.strip().splitlines()
    return "\n".join([f"covered | {head}", *(f"{covered} | {line}" for line in lines)])


# Everything is asked about the people of the tests, none of whom is covered.
REFERENCE = {"reference.value_set_code": WANTED, "reference.concept": NAMES, "reference.wanted_code": asked_of("F", WANTED),
             "reference.asked_concept": asked_of("F", "\n".join(line.split("|")[0] for line in NAMES.strip().splitlines()))}
ONE_CODE = "[{'code_system': 'SNOMEDCT', 'code': 'A'}]"


def asked(part: str, tables: dict[str, str], *kinds: str, **parameters) -> drawn.Rows:
    """Run coded/event/<part> over the tables and give its rows with a true or false column for each asked kind."""
    answer = drawn.run(f"coded/event/{part}", REFERENCE | tables, **parameters)
    place, bits = answer.columns.index("kinds"), kind_bits()
    cells = [(*row, *(row[place] & bits[kind] > 0 for kind in kinds)) for row in answer.cells]
    return drawn.Rows([*answer.columns, *kinds], cells, [*answer.types, *["BOOLEAN"] * len(kinds)])


def only(answer: drawn.Rows, kind: str) -> drawn.Rows:
    """The rows that have the asked kind: one facet."""
    place = answer.columns.index(kind)
    return drawn.Rows(answer.columns, [row for row in answer.cells if row[place]], answer.types)
