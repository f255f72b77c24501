"""Where things are and how much of the machine may be used: the only reader of HUDDLEBOARD_* for the engine."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
QUERIES = ROOT / "queries"
MEASURES = ROOT / "measures"
DATA = ROOT / "data"
PAGES = ROOT / "pages"


def home_directory(given: str | Path | None = None) -> Path:
    """The home directory: --home, else HUDDLEBOARD_HOME, else data/home of the checkout."""
    return Path(given or os.environ.get("HUDDLEBOARD_HOME") or DATA / "home").expanduser().resolve()


def threads() -> int:
    """Threads for DuckDB: HUDDLEBOARD_THREADS, else the cores that this process may use."""
    # macOS cannot say which cores a process may use.
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return int(os.environ.get("HUDDLEBOARD_THREADS") or usable or 1)


def memory_limit() -> str:
    """Memory for a build: HUDDLEBOARD_MEMORY ('6GB'), else the less of 8 GB and 60 % of the machine; beyond it DuckDB spills to disk."""
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return os.environ.get("HUDDLEBOARD_MEMORY") or f"{int(min(8e9, 0.6 * total) / 1e6)}MB"


def reader_memory_limit() -> str:
    """Memory for one web process: HUDDLEBOARD_READER_MEMORY, else 1 GB."""
    return os.environ.get("HUDDLEBOARD_READER_MEMORY") or "1GB"


def reader_threads() -> int:
    """Threads for the questions of one web process: HUDDLEBOARD_READER_THREADS, else one, since there is a process a core. A question of a few
    milliseconds costs a fifth more processor time when two threads share it."""
    return int(os.environ.get("HUDDLEBOARD_READER_THREADS") or 1)


def state_url(home: str | Path) -> str:
    """SQLAlchemy URL of the state database: HUDDLEBOARD_STATE_URL (postgresql+psycopg://...), else SQLite in the home directory."""
    return os.environ.get("HUDDLEBOARD_STATE_URL") or f"sqlite:///{Path(home).resolve() / 'state.sqlite'}"


def idle_minutes() -> int:
    """Minutes without a click after which a session ends: HUDDLEBOARD_IDLE_MINUTES, else 30."""
    return int(os.environ.get("HUDDLEBOARD_IDLE_MINUTES") or 30)


def session_hours() -> int:
    """Hours after which every session ends: HUDDLEBOARD_SESSION_HOURS, else 12."""
    return int(os.environ.get("HUDDLEBOARD_SESSION_HOURS") or 12)


def kept_days() -> int:
    """Days of which the last published version stays on disk for the time machine: HUDDLEBOARD_KEEP_DAYS, else 7."""
    return int(os.environ.get("HUDDLEBOARD_KEEP_DAYS") or 7)


def kept_months() -> int:
    """Months of which the last published version stays on disk for the time machine: HUDDLEBOARD_KEEP_MONTHS, else 3."""
    return int(os.environ.get("HUDDLEBOARD_KEEP_MONTHS") or 3)


def behind_https() -> bool:
    """HUDDLEBOARD_HTTPS=1: cookies only over TLS, and browsers told to stay there."""
    return os.environ.get("HUDDLEBOARD_HTTPS", "") not in ("", "0")


def proxies() -> int:
    """Number of trusted proxies in front (HUDDLEBOARD_PROXIES), whose X-Forwarded-* headers are believed."""
    return int(os.environ.get("HUDDLEBOARD_PROXIES") or 0)


def contact() -> str:
    """Whom users ask, in words for the screen: HUDDLEBOARD_CONTACT ("Ana Ruiz, 555-0142"), else the administrator."""
    return os.environ.get("HUDDLEBOARD_CONTACT") or "your administrator"


def demo_password() -> str | None:
    """Password of the demo accounts (HUDDLEBOARD_DEMO_PASSWORD); None = make one."""
    return os.environ.get("HUDDLEBOARD_DEMO_PASSWORD") or None


def metrics_token() -> str | None:
    """Who sends it as a bearer token gets /metrics (HUDDLEBOARD_METRICS_TOKEN); None: nobody does."""
    return os.environ.get("HUDDLEBOARD_METRICS_TOKEN") or None


def secret_key_text() -> str | None:
    """Secret that signs cookies and hides people in URLs (HUDDLEBOARD_SECRET_KEY); None = made once in the home directory."""
    return os.environ.get("HUDDLEBOARD_SECRET_KEY") or None
