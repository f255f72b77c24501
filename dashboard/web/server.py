"""Serving: gunicorn with threads, one application a worker."""

import contextlib
import gc
import os
import shutil
from pathlib import Path

from gunicorn import glogging
from gunicorn.app.base import BaseApplication

from dashboard import logs, settings
from dashboard.state import upgrade
from dashboard.web.worker import EvenWorker, leave_place, take_place


class _Logger(glogging.Logger):
    """What gunicorn says, as JSON lines and without the addresses that it would quote."""

    def setup(self, cfg):
        super().setup(cfg)
        logs.write_json("gunicorn.error")
        self.error_log.setLevel(self.LOG_LEVELS[cfg.loglevel])


def _forget_process(server, worker) -> None:
    """Gauges and connections of a process that ended are no longer counted."""
    leave_place(server, worker)
    with contextlib.suppress(ModuleNotFoundError):
        from prometheus_client import multiprocess
        multiprocess.mark_process_dead(worker.pid)


class Server(BaseApplication):
    """gunicorn around the application of a home directory."""

    def __init__(self, home: Path, options: dict):
        self.home, self.options = home, options
        super().__init__()

    def load_config(self):
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self):
        # Within the worker: a DuckDB connection must not cross a fork.
        from dashboard.web.app import make_app
        application = make_app(self.home)
        # A screen is ten thousand new objects: looking through all that the process holds for cycles, again and again, took a tenth of its time.
        gc.collect()
        gc.freeze()
        gc.set_threshold(50_000, 20, 100)
        return application


def serve(home: str | Path, port: int = 8050, host: str = "127.0.0.1", workers: int | None = None, threads: int = 8) -> None:
    """Serve until stopped. workers: processes, by default one a core."""
    home = settings.home_directory(home)
    upgrade(home)
    counts = home / "metrics"  # of requests, a file a process; begun anew with the server
    shutil.rmtree(counts, ignore_errors=True)
    counts.mkdir()
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(counts)
    Server(home, options(f"{host}:{port}", workers or settings.threads(), threads)).run()


def options(bind: str, workers: int, threads: int) -> dict:
    """The settings of gunicorn."""
    return {"bind": bind, "worker_class": EvenWorker, "workers": workers, "threads": threads,
            "logger_class": _Logger, "pre_fork": take_place, "child_exit": _forget_process,
            "timeout": 60, "graceful_timeout": 10, "keepalive": 5, "control_socket_disable": True, "loglevel": "warning"}
