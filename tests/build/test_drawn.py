"""The drawn tables of the tests themselves: what they read and when they are equal."""

import drawn
import pytest
from drawn import rows

from dashboard import database
from dashboard.build import macros


def answer(select):
    connection = database.connect(threads=1)
    macros.prepare(connection)
    connection.execute(select)
    return drawn.Rows([d[0] for d in connection.description], connection.fetchall(), [str(d[1]) for d in connection.description])


def test_order_of_rows_and_columns_not_drawn_do_not_matter():
    assert answer("SELECT unnest([1, 2]) AS person, 'x' AS other") == rows("""
        person
        2
        1
    """)


def test_how_often_a_row_comes_matters():
    assert answer("SELECT unnest([1, 1]) AS person") != rows("""
        person
        1
    """)


def test_cells_compare_in_the_types_of_the_answer():
    select = "SELECT '03' AS code, 5.0 AS value, DATE '2024-01-31' AS on_date, TRUE AS met, NULL AS none, '' AS blank, [1, 2] AS list"
    assert answer(select) == rows("""
        code | value | on_date    | met | none | blank | list
        03   | 5     | 2024-01-31 | T   |      | ''    | [1, 2]
    """)


def test_a_code_keeps_its_leading_zero():
    assert answer("SELECT '3' AS code") != rows("""
        code
        03
    """)


def test_a_column_that_the_answer_lacks_is_said():
    with pytest.raises(AssertionError, match="no column"):
        assert answer("SELECT 1 AS person") == rows("""
            persons
            1
        """)


def test_known_relations_get_the_columns_that_are_not_drawn():
    connection = database.connect(threads=1)
    drawn.create(connection, "extract.medical_claim", """
        claim_id | claim_line_number | codes
        a        | 1                 | [{'code_system': 'CVX', 'code': '03'}]
    """)
    found = connection.execute("SELECT claim_id, codes[1].code, paid_date, source_row FROM extract.medical_claim").fetchall()
    assert found == [("a", "03", None, None)]


def test_kind_is_a_bit_and_an_unknown_kind_is_an_error():
    assert answer("SELECT kind('done') AS bit") == rows("""
        bit
        1
    """)
    with pytest.raises(database.Error, match="no bit"):
        answer("SELECT kind('dnoe') AS bit")
