"""Serving: gunicorn with threads, one application a worker."""

from pathlib import Path

from gunicorn.app.base import BaseApplication

from dashboard import settings
from dashboard.state import upgrade


class _Server(BaseApplication):
    def __init__(self, home: Path, options: dict):
        self.home, self.options = home, options
        super().__init__()

    def load_config(self):
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self):
        # Within the worker: a DuckDB connection must not cross a fork.
        from dashboard.web.app import make_app
        return make_app(self.home)


def serve(home: str | Path, port: int = 8050, host: str = "127.0.0.1", workers: int | None = None, threads: int = 8) -> None:
    """Serve until stopped. workers: processes, by default one a core."""
    home = settings.home_directory(home)
    upgrade(home)
    _Server(home, {
        "bind": f"{host}:{port}", "worker_class": "gthread", "workers": workers or settings.threads(), "threads": threads,
        "timeout": 60, "graceful_timeout": 10, "keepalive": 5, "control_socket_disable": True, "loglevel": "warning",
    }).run()
