"""The file and row from which a fact of a patient came."""

from dashboard.access import Viewer
from dashboard.queries import ask, kept_of_version

NO_FILE = None, None
OF_DRUGS = ("pharmacy_claim", "medication", "medication_order")  # tables in which the value of a fact is days of supply


def row_of(fact: int) -> int:
    """The sender's row of a fact: row_of in queries/macros.sql."""
    return (fact & (1 << 35) - 1) >> 10 if fact & 1 << 35 else fact & (1 << 36) - 1


class Files(dict):
    """(source, name) of files by number; of_drugs: the numbers of those in which the value of a fact is days of supply."""
    of_drugs: frozenset[int] = frozenset()


def files_of(viewer: Viewer) -> Files:
    """Those of the version that is served."""
    def by_number() -> Files:
        rows = ask("files", viewer)
        files = Files({row.file_no: (row.data_source, row.file_name) for row in rows})
        files.of_drugs = frozenset(row.file_no for row in rows if row.table_name in OF_DRUGS)
        return files
    return kept_of_version("files by number", by_number)
