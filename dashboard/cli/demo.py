"""huddleboard demo: synthetic data, build, accounts and the web application, in one go."""

import contextlib
import json
import shutil
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

from dashboard.cli.generate import usual_months
from dashboard.cli.options import add_home, home_of
from dashboard.errors import Fault
from dashboard.settings import ROOT

MARK = "demo.json"  # says that everything in this home directory is made up, and may be made anew
MADE = ("extract", "manifest", "inbox", "taken", "refused", "build", "published", "intake.duckdb", "intake.duckdb.wal", "history.duckdb",
        "history.duckdb.wal", "predict")


def add_parser(subparsers) -> None:
    parser = subparsers.add_parser("demo", description="Make synthetic people, build, and serve the screens until stopped.")
    add_home(parser)
    parser.add_argument("--members", type=int, default=5000, metavar="N", help="how many people (default: 5000)")
    parser.add_argument("--backfill", type=int, default=12, metavar="MONTHS",
                        help="months of trend, computed in the background while the screens are served already (default: 12; 0: none)")
    parser.add_argument("--port", type=int, default=8050, help="default: 8050")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1, this machine only)")
    parser.set_defaults(handler=run)


def run(arguments) -> None:
    from dashboard.access.demo import create_demo_accounts
    from dashboard.live.beside import watching
    from dashboard.web.server import serve
    home = home_of(arguments)
    make_data(home, arguments.members, date.today())
    accounts = create_demo_accounts(home)
    print(f"\nHuddleboard at http://{arguments.host}:{arguments.port}\n\nSign in as one of these; all of them, and all people shown, are made up:\n")
    for username, password in accounts:
        print(f"    {username:<12}{password}")
    print(f"\nWhat is put into {home / 'inbox'} is on the screens when its people are computed.\nStop with Ctrl-C.", flush=True)
    with _filling_back(home, date.today(), arguments.backfill), watching(home):
        serve(home, arguments.port, arguments.host)


@contextlib.contextmanager
def _filling_back(home: Path, as_of: date, months: int):
    """A build of its own process that fills the last months back and then publishes them, for as long as the `with` lasts."""
    from dashboard.build.history import missing_month_ends
    missing = missing_month_ends(home, as_of, months)
    if not missing:
        yield
        return
    _say(f"\nTrends of the last {len(missing)} months are being computed in the background; they show when that is done, in some minutes.")
    command = [sys.executable, "-m", "dashboard.cli.main", "build", "--home", str(home.resolve()), "--as-of", str(as_of), "--backfill", str(months)]
    with (home / "backfill.log").open("w", encoding="utf-8") as log:
        filling = subprocess.Popen(["nice", "-n", "15", *command], cwd=ROOT, stdout=log, stderr=log)
    try:
        yield
    finally:
        filling.terminate()


def make_data(home: Path, members: int, as_of: date) -> None:
    """Generate, take in and build, unless this home directory has the same people as of the same day already."""
    wanted = {"members": members, "as_of": str(as_of)}
    if _state_of(home) == wanted:
        return
    home.mkdir(parents=True, exist_ok=True)
    (home / MARK).write_text("{}\n", encoding="utf-8")
    for name in MADE:
        _remove(home / name)
    _make(home, members, as_of)
    (home / MARK).write_text(json.dumps(wanted) + "\n", encoding="utf-8")


def _make(home: Path, members: int, as_of: date) -> None:
    from dashboard.build import build
    from dashboard.build.progress import to_stderr
    from dashboard.generate import generate
    from dashboard.intake import intake
    with tempfile.TemporaryDirectory(dir=home, prefix="generated-") as folder:
        _say(f"Making {members:,} people ...")
        generate(members, Path(folder) / "mso", as_of=as_of, months=usual_months(members), say=_say)
        _say("Taking their files in ...")
        intake([Path(folder) / "mso"], home)
    _learn(home, as_of)
    _say("Building ...")
    build(home, as_of, progress=to_stderr())


def _learn(home: Path, as_of: date) -> None:
    """A model of admissions for the screens; a demo goes on without one where an older installation lacks scikit-learn."""
    _say("Learning who is admitted ...")
    try:
        from dashboard.predict.run import train_and_score
    except ModuleNotFoundError as error:
        _say(f"  no scores: {error.name} is not installed; `make install` brings it.")
        return
    for line in train_and_score(home, as_of):
        _say(f"  {line}")


def _state_of(home: Path) -> dict | None:
    """What demo data a home directory holds: None for none. A Fault where there is data that a demo did not make."""
    if (home / MARK).exists():
        return json.loads((home / MARK).read_text(encoding="utf-8"))
    if any((home / name).exists() for name in MADE):
        raise Fault(home, "there is data here that no demo made.", "Name another home directory: --home DIR.")
    return None


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
