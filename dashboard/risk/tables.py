"""Schema `reference` gets the tables of every risk model and payment year, and a connection the macros that score by them."""

from pathlib import Path

from dashboard.build import sql
from dashboard.errors import Fault
from dashboard.settings import MEASURES

FOLDER = MEASURES / "risk"


def load_tables(connection, folder: Path = FOLDER) -> None:
    """Make reference.risk_* from the CSV files of `folder` and the macros of measures/risk/score.sql. Fault names what no rule explains."""
    connection.execute("CREATE SCHEMA IF NOT EXISTS reference")
    sql.script(connection, FOLDER / "tables.sql", {"folder": str(folder)})
    create_macros(connection)
    odd = connection.execute("SELECT DISTINCT release, variable FROM reference.risk_factor WHERE NOT understood ORDER BY ALL").fetchall()
    if odd:
        names = ", ".join(f"{release} {variable}" for release, variable in odd)
        raise Fault(folder, f"coefficients that nobody would get: {names}.", "Say in interaction.csv for whom they hold.")


def create_macros(connection) -> None:
    """The macros that score by tables which are there."""
    sql.script(connection, FOLDER / "score.sql")
