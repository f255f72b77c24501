"""The state database on PostgreSQL: the same tables, the same doors. Skips where no PostgreSQL is installed."""

import getpass
import glob
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
from datetime import timedelta

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, text
from visits import USERS, add_users, faults_of_starting_together, post_login, sign_in

from dashboard.access import audit, sessions
from dashboard.state import open_store
from dashboard.state.models import Base, utc_now
from dashboard.web.app import make_app


def program(name: str) -> str:
    """Where a program of PostgreSQL is; Debian keeps them out of the PATH."""
    found = shutil.which(name) or next(iter(sorted(glob.glob(f"/usr/lib/postgresql/*/bin/{name}"), reverse=True)), None)
    if found is None:
        pytest.skip(f"PostgreSQL ({name}) is not installed")
    return os.path.realpath(found)


@pytest.fixture(scope="module")
def postgres():
    """URL of a server of this module's own, which goes away with its data."""
    initdb, server = program("initdb"), program("postgres")
    # PostgreSQL refuses to run as root.
    owner = "nobody" if os.geteuid() == 0 else getpass.getuser()
    with tempfile.TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
        free.close()
        shutil.chown(folder, owner)
        subprocess.run([initdb, "-D", f"{folder}/data", "-A", "trust", "-U", "huddleboard"], user=owner, cwd=folder, check=True, capture_output=True)
        running = subprocess.Popen([server, "-D", f"{folder}/data", "-p", str(port), "-k", folder, "-h", "127.0.0.1"], user=owner, cwd=folder,
                                   stderr=subprocess.PIPE, text=True)
        try:
            next(line for line in running.stderr if "ready to accept connections" in line)
            threading.Thread(target=running.stderr.read, daemon=True).start()
            yield f"postgresql+psycopg://huddleboard@127.0.0.1:{port}"
        finally:
            running.send_signal(signal.SIGINT)  # a fast shutdown: the usual one waits for the pools of stores to let go
            running.wait()


@pytest.fixture
def state(postgres, request, monkeypatch):
    """A fresh database, named in the environment as an operator would."""
    name = f"state{abs(hash(request.node.name)) % 10**9}"
    with create_engine(f"{postgres}/postgres", isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    monkeypatch.setenv("HUDDLEBOARD_STATE_URL", f"{postgres}/{name}")


@pytest.fixture
def postgres_home(home, state, tmp_path):
    """The published house with its accounts on PostgreSQL."""
    shutil.copytree(home / "published", tmp_path / "published")
    add_users(tmp_path)
    return tmp_path


def test_migrations_make_what_the_models_say(state, tmp_path):
    with open_store(tmp_path).engine.connect() as connection:
        assert connection.dialect.name == "postgresql"
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_threads_that_start_together_migrate_once(state, tmp_path):
    assert faults_of_starting_together(tmp_path) == []


def test_wrong_passwords_lock_and_time_opens_again(postgres_home):
    store = open_store(postgres_home)
    for _ in range(sessions.TRIES_PER_USERNAME):
        assert sessions.sign_in(store, "physician", "wrong", "192.0.2.1") is None
    with pytest.raises(sessions.TooManyTries):
        sessions.sign_in(store, "physician", "wrong", "192.0.2.1")
    later = utc_now() + sessions.WINDOW + timedelta(minutes=1)
    assert sessions.sign_in(store, "physician", "wrong", "192.0.2.1", now=later) is None


def test_each_role_comes_in_and_what_it_may_not_see_leaves_a_trace(postgres_home):
    server, store = make_app(postgres_home), open_store(postgres_home)
    assert post_login(server.test_client(), "physician", "wrong").status_code == 401
    clients = {username: sign_in(server, username) for username in USERS}
    assert clients["physician"].get("/panel").status_code == 200
    assert clients["physician"].get("/patient/no-such-token").status_code == 404
    counted = audit.counts(store)
    assert (counted["signed in"], counted["refused"]) == (len(USERS), 1)


def test_while_postgres_is_gone_words_stand_on_the_screen_and_it_goes_on_by_itself(postgres, postgres_home):
    """Its doors are closed and its sessions ended, as when it is stopped; then it is there again."""
    server, name = make_app(postgres_home), os.environ["HUDDLEBOARD_STATE_URL"].rpartition("/")[2]
    client = sign_in(server, "physician")
    with create_engine(f"{postgres}/postgres", isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false"))
        connection.execute(text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"))
        gone = client.get("/panel")
        assert gone.status_code == 503 and "NOT saved" in gone.text and "physician" not in gone.text
        assert server.test_client().get("/readyz").status_code == 503
        connection.execute(text(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true"))
    assert client.get("/panel").status_code == 200
    assert audit.counts(open_store(postgres_home))["signed in"] == 1
