"""huddleboard serve: the web application in gunicorn workers."""

import os
import sys

from dashboard.cli.options import add_home, home_of


def add_parser(subparsers) -> None:
    parser = subparsers.add_parser("serve", description="Serve the web application; each worker opens the published version for itself.")
    add_home(parser)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=int, default=8050, help="port (default: %(default)s)")
    parser.add_argument("--workers", type=int, default=int(os.environ.get("WEB_CONCURRENCY") or 2), help="processes (default: %(default)s)")
    parser.set_defaults(handler=run)


def run(arguments) -> None:
    """Become gunicorn, so that signals of a supervisor reach it."""
    os.environ["HUDDLEBOARD_HOME"] = str(home_of(arguments))
    # gthread, because a page asks several small questions at once; no control socket, because nothing uses it.
    os.execv(sys.executable, [
        sys.executable, "-m", "gunicorn", "--bind", f"{arguments.host}:{arguments.port}", "--workers", str(arguments.workers),
        "--worker-class", "gthread", "--threads", "8", "--no-control-socket", f"dashboard.web.app:make_app({str(home_of(arguments))!r})"])
