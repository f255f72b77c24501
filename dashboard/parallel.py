"""Statements side by side: DuckDB shares a statement among cores only from about 120,000 rows on, and files are often smaller."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor

from dashboard import settings


def each(connection, work: Callable, items: Iterable) -> list:
    """[work(cursor, item) for item in items], on as many cursors at a time as there are cores; the first error is raised."""
    def run(item):
        cursor = connection.cursor()
        try:
            return work(cursor, item)
        finally:
            cursor.close()

    with ThreadPoolExecutor(settings.threads()) as pool:
        return list(pool.map(run, items))
