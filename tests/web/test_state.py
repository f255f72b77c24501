"""The state database: made by migrations, the same as the models say, one at a time."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect
from visits import faults_of_starting_together

from dashboard import settings
from dashboard.access import accounts
from dashboard.access.demo import DEMO, create_demo_accounts
from dashboard.access.tokens import person_of, secret_key, token_of
from dashboard.state import open_store
from dashboard.state.models import Base


def test_migrations_make_what_the_models_say(tmp_path):
    store = open_store(tmp_path)
    with store.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_processes_that_start_together_migrate_once(tmp_path):
    assert faults_of_starting_together(tmp_path) == [] and "audit_event" in inspect(open_store(tmp_path).engine).get_table_names()


def test_a_lock_alone_is_no_sign_of_a_database(tmp_path):
    (tmp_path / "state.lock").touch()  # as the other of two processes leaves it before either holds it
    assert "audit_event" in inspect(open_store(tmp_path).engine).get_table_names()


def test_the_database_is_chosen_by_url(tmp_path, monkeypatch):
    monkeypatch.setenv("HUDDLEBOARD_STATE_URL", "postgresql+psycopg://somewhere/huddleboard")
    assert settings.state_url(tmp_path).startswith("postgresql")


def test_demo_accounts_one_per_role(home, tmp_path, monkeypatch):
    import shutil
    shutil.copytree(home / "published", tmp_path / "published")
    monkeypatch.setenv("HUDDLEBOARD_DEMO_PASSWORD", "demo")
    assert create_demo_accounts(tmp_path) == [(username, "demo") for username in DEMO]
    scopes = {user.username: [(s.kind, s.value) for s in user.scopes] for user in accounts.all_users(open_store(tmp_path))}
    assert scopes == {"physician": [("clinician", "1000000001")], "assistant": [("clinician", "1000000001")], "support": [("practice", "P1"), ("practice", "P2")],
                      "director": [("group", "G1")], "analyst": [("organization", "")], "auditor": [], "admin": []}


def test_demo_accounts_again_keep_a_scope_set_by_hand(home, tmp_path, monkeypatch):
    import shutil
    shutil.copytree(home / "published", tmp_path / "published")
    first = create_demo_accounts(tmp_path)
    store = open_store(tmp_path)
    accounts.end_scopes(store, "physician")
    accounts.add_scope(store, "physician", "clinician", "1000000004")
    assert create_demo_accounts(tmp_path)[0][1] != first[0][1]
    physician = next(user for user in accounts.all_users(store) if user.username == "physician")
    assert [s.value for s in physician.scopes if s.end_date is None] == ["1000000004"]


def test_demo_accounts_before_the_first_build(tmp_path):
    assert len(create_demo_accounts(tmp_path)) == 7


@pytest.mark.parametrize("person", [0, 1, 2**31 - 1, 2**62])
def test_a_token_goes_there_and_back(person):
    token = token_of(b"k" * 32, 7, person)
    assert person_of(b"k" * 32, 7, token) == person
    assert person_of(b"k" * 32, 8, token) is None and person_of(b"x" * 32, 7, token) is None
    assert str(person) not in token or person < 10


def test_the_key_is_made_once_and_kept_from_others(tmp_path):
    assert secret_key(tmp_path) == secret_key(tmp_path)
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0
