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
    11      | HCPCS       | 95
"""
ONE_CODE = "[{'code_system': 'SNOMEDCT', 'code': 'A'}]"


def asked(part: str, tables: dict[str, str], *kinds: str, **parameters) -> drawn.Rows:
    """Run coded/event/<part> over the tables and give its rows with a true or false column for each asked kind."""
    answer = drawn.run(f"coded/event/{part}", {"reference.value_set_code": WANTED} | tables, **parameters)
    place, bits = answer.columns.index("kinds"), kind_bits()
    cells = [(*row, *(row[place] & bits[kind] > 0 for kind in kinds)) for row in answer.cells]
    return drawn.Rows([*answer.columns, *kinds], cells, [*answer.types, *["BOOLEAN"] * len(kinds)])


def only(answer: drawn.Rows, kind: str) -> drawn.Rows:
    """The rows that have the asked kind: one facet."""
    place = answer.columns.index(kind)
    return drawn.Rows(answer.columns, [row for row in answer.cells if row[place]], answer.types)
