"""What those who run it see and what must not be seen: metrics, logs, the state database gone and back."""

import json
import logging
import shutil
import threading
import time

import house
import pytest
from test_access_matrix import patient_path
from visits import USERS, add_users, open_page, search, sign_in

from dashboard import logs
from dashboard.access import audit
from dashboard.answers import keep
from dashboard.build import publish
from dashboard.errors import Fault
from dashboard.state import open_store
from dashboard.web.app import make_app

TOKEN = "a token of the scraper"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
SCREENS = ("/today", "/panel", "/my-numbers", "/cohorts", "/nothing", "/panel?scope=group:G2", "/export/panel.csv?show=all")


# Metrics.

@pytest.mark.parametrize("token", [None, TOKEN])
def test_metrics_are_for_the_token_and_for_no_role(server, clients, monkeypatch, token):
    if token:
        monkeypatch.setenv("HUDDLEBOARD_METRICS_TOKEN", token)
    for client in (server.test_client(), *clients.values()):
        for sent in ({}, {"Authorization": "Bearer "}, {"Authorization": "Bearer wrong"}, {"Authorization": TOKEN[:-1]}, {} if token else BEARER):
            assert client.get("/metrics", headers=sent).status_code == 401


def test_metrics_count_requests_by_screen_and_name_nobody(server, home, clients, monkeypatch):
    pytest.importorskip("prometheus_client", reason="make install")
    monkeypatch.setenv("HUDDLEBOARD_METRICS_TOKEN", TOKEN)
    path = patient_path(server, home, "physician", 1)
    open_page(clients["physician"], path)
    open_page(clients["physician"], "/panel")
    clients["auditor"].get("/panel")
    text = server.test_client().get("/metrics", headers=BEARER).text
    assert 'huddleboard_requests_total{screen="panel",status="200"}' in text and 'huddleboard_requests_total{screen="panel",status="404"}' in text
    assert 'huddleboard_request_seconds_count{screen="patient"}' in text and f"huddleboard_version {int(publish.number(publish.served(home)))}.0" in text
    assert path.rpartition("/")[2] not in text and "Lopez" not in text


# Logs.

@pytest.fixture
def written():
    """Everything that is logged, as the lines of the log."""
    lines, formatter = [], logs.JsonLines()

    class Keep(logging.Handler):
        def emit(self, record):
            lines.append(formatter.format(record))
    handler, loggers = Keep(), (logging.getLogger(), logs.OURS)
    before = [(logger, logger.level) for logger in loggers]
    for logger in loggers:
        logger.addHandler(handler)
        logger.setLevel(logging.DEBUG)
    logs.OURS.propagate = False
    yield lines
    logs.OURS.propagate = True
    for logger, level in before:
        logger.removeHandler(handler)
        logger.setLevel(level)


def secrets_of(server, home) -> set[str]:
    """What tells of a person of the house: names, dates of birth, ids, phones, tokens."""
    said = {cell.strip() for line in house.PEOPLE.strip().splitlines()[1:] for cell in line.split("|")[1:] if len(cell.strip()) > 2}
    said -= {"female", "male", "ehr_a", "ehr_b"}
    assert {"Lopez", "p-1", "MRN1", "555-010-0001", "1959-03-07"} <= said
    return said | {patient_path(server, home, username, person).rpartition("/")[2] for username in USERS for person in (1, 2, 20, 30, 40)}


def test_no_name_or_id_of_a_person_gets_into_the_log(server, home, clients, written):
    for username in ("physician", "director", "auditor"):
        for screen in SCREENS:
            open_page(clients[username], *screen.partition("?")[::2])
            clients[username].get(screen)
        for person in (1, 40):
            open_page(clients[username], patient_path(server, home, username, person))
        search(clients[username], "Lopez")
        clients[username].post("/answer?note=Lopez", data={"token": patient_path(server, home, username, 1), "note": "Maria Lopez"})
    clients["physician"].get("/patient/Lopez,%20Maria?name=Lopez")
    lines = [json.loads(line) for line in written]
    assert {line["screen"] for line in lines if line["event"] == "request"} >= {"panel", "patient", "today", "unknown"}
    assert not [(line, secret) for secret in secrets_of(server, home) for line in written if secret in line]


def test_a_fault_that_quotes_a_record_is_logged_by_kind_and_place(written):
    def fails(name):
        raise ValueError(f"could not read {name}, born 1959-03-07")
    for logger in (logging.getLogger("dashboard.web"), logging.getLogger("gunicorn.error")):
        try:
            fails("Lopez, Maria")
        except ValueError as fault:
            logger.error("Exception on %s", "/patient/secret", exc_info=True)
            logger.error(f"could not do it for {fault}")
            logs.event("failed", logging.ERROR, fault=fault)
    assert not [line for line in written if "Lopez" in line or "secret" in line or "1959" in line]
    told = [json.loads(line) for line in written]
    assert told[0] | {"at": ""} == {"at": "", "level": "error", "event": "message", "logger": "dashboard.web", "template": "Exception on %s",
                                    "fault": "ValueError", "where": told[0]["where"]} and told[0]["where"].startswith("test_operation.py:")
    assert told[2]["event"] == "failed" and told[2]["fault"] == "ValueError"


# The state database is gone for a while.

@pytest.fixture
def own_home(home, tmp_path):
    shutil.copytree(home / "published", tmp_path / "published")
    add_users(tmp_path)
    return tmp_path


def answer(client, path: str, kind: str, follows: int, note: str):
    with client.session_transaction() as session:
        token = session["csrf"]
    return client.post("/answer", data={"csrf_token": token, "token": path.rpartition("/")[2], "measure_id": "COL-E",
                                        "period": "2026", "unit": "0", "kind": kind, "follows": str(follows), "note": note})


def more(rows: list) -> None:
    """Wait until the list has grown by ten: how long that takes is the machine's affair."""
    wanted, end = len(rows) + 10, time.monotonic() + 120
    while len(rows) < wanted and time.monotonic() < end:
        time.sleep(0.02)


def move(home, there, back=False):
    """The file goes first and comes back last: without its log beside it, SQLite would begin another one."""
    names = ("state.sqlite", "state.sqlite-wal", "state.sqlite-shm")
    for name in reversed(names) if back else names:
        source, target = (there / name, home / name) if back else (home / name, there / name)
        if source.exists():
            source.rename(target)


def test_without_the_state_database_words_stand_on_the_screen_and_it_goes_on_by_itself(own_home):
    server = make_app(own_home)
    client, away, path = sign_in(server, "physician"), own_home / "away", patient_path(server, own_home, "physician", 1)
    away.mkdir()
    assert answer(client, path, "ordered", 0, "before").status_code == 302
    move(own_home, away)
    for gone in (client.get("/panel"), answer(client, path, "refused", 1, "during"), server.test_client().post("/login", data={})):
        assert gone.status_code in (400, 503)
    words = client.get("/panel")
    assert words.status_code == 503 and "The state database does not answer" in words.text and "NOT saved" in words.text
    assert open_page(client, path).status_code == 503 == client.get("/version").status_code == server.test_client().get("/readyz").status_code
    assert server.test_client().get("/healthz").status_code == 200
    with pytest.raises(Fault, match="is gone"):
        open_store(own_home)
    assert make_app(own_home).test_client().get("/readyz").status_code == 503, "a web process that starts meanwhile waits"
    assert not (own_home / "state.sqlite").exists(), "nobody put an empty one in its place"
    move(own_home, away, back=True)
    assert client.get("/panel").status_code == 200 and server.test_client().get("/readyz").status_code == 200
    given = keep.of_person(open_store(own_home), 1)
    assert [row.note for row in given.values()] == ["before"]


def test_nothing_acknowledged_is_lost_while_it_comes_and_goes(own_home):
    """Six threads keep records; the file goes away and comes back under them: what was acknowledged is there, and nothing else."""
    store, away, stop, said, failed = open_store(own_home), own_home / "away", threading.Event(), [], []
    away.mkdir()

    def work(place):
        number = 0
        while not stop.is_set():
            number += 1
            try:
                audit.record(store, None, "searched", page=f"{place}-{number}")
                said.append(f"{place}-{number}")
            except Exception as error:
                failed.append(type(error).__name__)
                time.sleep(0.01)

    threads = [threading.Thread(target=work, args=(place,)) for place in range(6)]
    for thread in threads:
        thread.start()
    for _ in range(4):
        more(said)
        move(own_home, away)
        more(failed)
        move(own_home, away, back=True)
    more(said)
    stop.set()
    for thread in threads:
        thread.join()
    kept = [row.page for row in audit.newest(store, 10**6) if row.action == "searched"]
    assert set(said) <= set(kept) and len(said) > 20 and failed and set(failed) <= {"OperationalError", "TimeoutError", "DatabaseError"}
    assert len(kept) == len(set(kept))
