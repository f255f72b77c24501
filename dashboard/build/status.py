"""What is published in a home directory, and what has arrived there."""

from contextlib import closing
from pathlib import Path

from dashboard import database
from dashboard.errors import NotPublished

# A feed is what one source sends: its accepted files, and when the last of them came.
FEEDS = """
    SELECT file.data_source, count(DISTINCT delivery_no) AS deliveries, count(*) AS files, CAST(sum(file.row_count) AS BIGINT) AS rows,
           max(received_at) AS last_received
    FROM file JOIN delivery USING (delivery_no) WHERE file.accepted GROUP BY file.data_source ORDER BY file.data_source"""


def status(home: Path) -> dict:
    """version, as_of, published_at, people (None before the first build), base, overlay_people, waiting, held and feeds; values fit JSON.

    base: the version that an overlay of overlay_people people lies over (the version itself, and 0, without one). waiting: deliveries in the inbox;
    held: deliveries that wait for a missing one of their sequence. risk: see dashboard.risk.said, and the risk
    step's share of the build; None without it.
    """
    from dashboard.live import inbox
    return {"home": str(home), **_published(home), "waiting": inbox.waiting(home), "held": _held(home), "feeds": _feeds(home)}


def _published(home: Path) -> dict:
    try:
        with database.Reader(home).cursor() as cursor:
            said = _dicts(cursor.execute("SELECT version, as_of, published_at, people FROM mart.version"))[0]
            path = database.current_file(home)
            base = database.base_of(path)
            touched = cursor.execute("SELECT count(*) FROM change.person").fetchone()[0] if base else 0
            return said | {"base": (base or path).stem, "overlay_people": touched, "risk": _risk(cursor)}
    except NotPublished:
        return dict.fromkeys(("version", "as_of", "published_at", "people", "base", "overlay_people", "risk"))


def _risk(cursor) -> dict | None:
    from dashboard.risk.said import risk_said, share
    made = cursor.execute("""SELECT count(*) FROM information_schema.columns
        WHERE table_schema = 'mart' AND table_name = 'risk' AND column_name = 'untiered'""")
    if not made.fetchone()[0]:  # published before risk could say so
        return None
    return risk_said(cursor) | {"share_of_build": share(cursor.execute("SELECT relation, seconds FROM mart.build_step").fetchall())}


def _held(home: Path) -> int:
    ledger = home / "intake.duckdb"
    if not ledger.exists():
        return 0
    with closing(database.connect(ledger, read_only=True)) as connection:
        return connection.execute("SELECT count(*) FROM delivery WHERE status = 'held'").fetchone()[0]


def _feeds(home: Path) -> list[dict]:
    ledger = home / "intake.duckdb"
    if not ledger.exists():
        return []
    connection = database.connect(ledger, read_only=True)
    try:
        return _dicts(connection.execute(FEEDS))
    finally:
        connection.close()


def _dicts(result) -> list[dict]:
    names = [column[0] for column in result.description]
    return [{name: _plain(value) for name, value in zip(names, row, strict=True)} for row in result.fetchall()]


def _plain(value):
    return value.isoformat() if hasattr(value, "isoformat") else value
