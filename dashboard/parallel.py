"""Statements side by side: DuckDB shares a statement among cores only from about 120,000 rows on, and files are often smaller."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager

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


@contextmanager
def meanwhile(connection, work: Callable | None, *given):
    """Have work(cursor, *given) done on another thread until the block and the work are done; nothing without work."""
    if not work:
        yield
        return
    with closing(connection.cursor()) as cursor, ThreadPoolExecutor(1) as pool:
        done = pool.submit(work, cursor, *given)
        yield
        done.result()
