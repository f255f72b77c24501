"""Columns without any value are not read: only where nothing in them could be told from nothing."""

from contextlib import closing

from dashboard import database
from dashboard.build.extract_view import sources


def _read(connection, folder, **files) -> set[str]:
    """The columns that are read of files, each given as its SELECT; all have the same columns."""
    for name, select in files.items():
        connection.execute(f"COPY ({select}) TO '{folder / name}.parquet'")
    (columns,) = sources(connection, [str(folder / f"{name}.parquet") for name in files]).values()
    return set(columns)


def test_a_column_is_left_out_where_all_files_that_are_read_together_leave_it_empty(tmp_path):
    rows = "SELECT 1 AS person_key, {a} AS plan, CAST(NULL AS VARCHAR) AS payer FROM range(3)"
    with closing(database.connect()) as connection:
        assert _read(connection, tmp_path, one=rows.format(a="CAST(NULL AS VARCHAR)"), two=rows.format(a="'p'")) == {"person_key", "plan"}


def test_a_list_that_no_row_has_is_left_out(tmp_path):
    rows = "SELECT 1 AS person_key, CAST({list} AS STRUCT(code VARCHAR)[]) AS codes FROM range(3)"
    with closing(database.connect()) as connection:
        assert _read(connection, tmp_path, one=rows.format(list="NULL")) == {"person_key"}
        one_in_another = rows.format(list="CASE WHEN range = 1 THEN [{'code': NULL}] END")
        assert _read(connection, tmp_path, two=rows.format(list="NULL"), three=one_in_another) == {"person_key", "codes"}


def test_what_intake_adds_and_lists_are_read_even_without_a_value(tmp_path):
    """An element without a value is an element: a result is there, though nobody can read it."""
    with closing(database.connect()) as connection:
        assert _read(connection, tmp_path, one="""SELECT CAST(NULL AS INTEGER) AS person_key, CAST(NULL AS BIGINT) AS source_row,
            [{'code_system': CAST(NULL AS VARCHAR), 'code': CAST(NULL AS VARCHAR)}] AS result_codes, CAST([] AS VARCHAR[]) AS profiles,
            CAST(NULL AS DATE) AS file_date FROM range(3)""") == {"person_key", "source_row", "result_codes", "profiles"}


def test_a_file_that_was_replaced_is_looked_into_again(tmp_path):
    with closing(database.connect()) as connection:
        assert _read(connection, tmp_path, one="SELECT 1 AS person_key, CAST(NULL AS VARCHAR) AS plan") == {"person_key"}
        assert _read(connection, tmp_path, one="SELECT 1 AS person_key, 'p' AS plan") == {"person_key", "plan"}
