"""What the next build would refuse, by rule: for a dry run."""

from pathlib import Path

from dashboard import database
from dashboard.build.extract import create_extract_views
from dashboard.contract import read_contract
from dashboard.intake.report import IntakeReport


def count(home: Path, report: IntakeReport) -> None:
    """Add to each accepted delivery of `report` the rows that break a rule: {table: {rule: rows}}."""
    if not report.accepted:
        return
    connection = database.connect()
    try:
        create_extract_views(connection, home)
        for delivery in report.accepted:
            for table in read_contract():
                found = dict(connection.execute(
                    f"SELECT broken_rule, count(*) FROM extract.{table} WHERE broken_rule IS NOT NULL GROUP BY ALL ORDER BY ALL").fetchall())
                if found:
                    delivery.rejects[table] = found
    finally:
        connection.close()
