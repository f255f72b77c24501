"""Modules of the application know each other in circles, all through the guard; each may be the first that is imported."""

import re
import subprocess
import sys

from dashboard.settings import ROOT

# Forks after the libraries are there: importing these anew for each module would take a minute.
ONE_BY_ONE = """
import importlib, os, sys, traceback
import dash, dash_bootstrap_components, duckdb, flask_login, openpyxl, orjson, sqlalchemy.orm, yaml
failed = []
for name in sys.argv[1:]:
    child = os.fork()
    if not child:
        try:
            importlib.import_module(name)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    if os.waitpid(child, 0)[1]:
        failed.append(name)
sys.exit(", ".join(failed) or 0)
"""


def test_each_module_may_be_the_first_that_is_imported():
    names = sorted(f"dashboard.web.{path.stem}" for path in (ROOT / "dashboard" / "web").glob("*.py")
                   if path.stem == "guard" or re.search(r"^from dashboard\.web import .*\bguard\b", path.read_text(encoding="utf-8"), re.M))
    done = subprocess.run([sys.executable, "-c", ONE_BY_ONE, *names], capture_output=True, text=True, cwd=ROOT)
    assert len(names) > 8 and done.returncode == 0, done.stderr
