"""The whole path over tables of layer coded: train, keep, score, load, the card in words, the command."""

import shutil

import numpy
import pytest
from people import AS_OF, world

from dashboard import database
from dashboard.build import prediction
from dashboard.cli.main import main
from dashboard.errors import Fault
from dashboard.predict import card, run, store
from dashboard.predict.features import sensitive
from dashboard.predict.page import as_html
from dashboard.predict.score import drivers_of, score, tiers_of
from dashboard.predict.train import train


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """A home directory with a model and scores, and what there was to say."""
    home = tmp_path_factory.mktemp("home")
    connection = world(1_500)
    said = run._train(connection, home, AS_OF, None)
    return home, connection, said + run._score(connection, home, AS_OF)


def loaded(home):
    connection = database.connect(threads=1)
    connection.execute("CREATE SCHEMA extract; CREATE TABLE extract.merged_person AS SELECT 4 AS person_key, 2 AS person")
    prediction.create_predictions(connection, home)
    return connection


def test_what_was_scored_is_what_a_build_loads(trained):
    home, _, said = trained
    assert said[1] == "inpatient admission: logistic regression, judged." and "no scores" in said[2]
    connection = loaded(home)
    assert connection.execute("SELECT outcome, scored, reason IS NULL FROM extract.prediction_model ORDER BY 1").fetchall() == [
        ("admission", 1_500, True), ("emergency", 0, False)]
    # Person 4 became person 2: one of them has a score.
    assert connection.execute("SELECT count(*), count(*) FILTER (person = 4), count(DISTINCT person) FROM extract.prediction").fetchone() == (1_499, 0, 1_499)


def test_history_moves_the_score_and_says_so(trained):
    rows = loaded(trained[0]).execute("""SELECT person % 4 < 2 AS diabetic, avg(probability), count(*) FILTER (tier = 'high'), any_value(drivers)
                                         FROM extract.prediction GROUP BY 1 ORDER BY 1""").fetchall()
    (_, well, _, _), (_, ill, high, drivers) = rows
    assert ill > 2 * well and high > 60
    assert "diabetes" in [driver["title"] for driver in drivers]


def test_an_earlier_score_is_of_the_same_model(trained):
    found = loaded(trained[0]).execute("SELECT count(*), avg(abs(probability - earlier_probability)) FROM extract.prediction WHERE earlier_probability IS NOT NULL")
    assert found.fetchone()[0] > 1_400


def test_the_same_files_give_the_same_names(trained):
    home, connection, said = trained
    assert run._train(connection, home, AS_OF, None)[0] == said[0]
    assert run._score(connection, home, AS_OF)[0] == said[3]


def test_chance_alone_gets_no_scores():
    """Without a relationship the model has no order: either calibration fails or nobody is far from the mean."""
    found = train(world(1_500, strength=0.0), AS_OF)["outcomes"]["admission"]
    figures = found["card"]["figures"][found["card"]["served"]]
    assert found["reason"] or figures["auc"] < 0.6


def test_a_day_after_the_cut_changes_nothing(trained):
    """The same people with another diagnosis on the first day that is left out: nobody's score moves."""
    home, connection, _ = trained
    before = loaded(home).execute("SELECT person, probability FROM extract.prediction ORDER BY 1").fetchall()
    connection.execute("BEGIN")
    connection.execute("""INSERT INTO coded.event (person, concept, kinds, start_date, fact)
        SELECT person, concept, kind('done') | kind('claim'), DATE '2026-08-24', 1 FROM coded.person, reference.concept WHERE name IN ('diabetes', 'heart_failure')""")
    connection.execute("INSERT INTO coded.stay (person, stay, admit_date, discharge_date, acute) SELECT person, 1, DATE '2026-10-01', DATE '2026-10-02', TRUE FROM coded.person")
    try:
        score(connection, home, AS_OF)
    finally:
        connection.execute("ROLLBACK")
    assert loaded(home).execute("SELECT person, probability FROM extract.prediction ORDER BY 1").fetchall() == before
    assert len(before) == 1_499


def test_the_card_says_what_clinicians_must_know(trained):
    _, figures, words = store.read_card(trained[0])
    assert "never the cost" in words and "45 CFR 92.210" in words and "No scores are shown" in words and "made up" in words
    assert figures["windows"]["train"]["until"] == figures["windows"]["test"]["index"] == "2025-08-23"
    assert "| AUC |" in words and "Age: 65 to 74" in words
    assert all(any("Against the baseline" in line for line in one["notes"]) for one in figures["outcomes"].values() if "figures" in one)
    page = as_html(words.replace("Learned", "<script>Learned"), "Card")
    assert "<script>" not in page and "<table>" in page and '<th scope="col">' in page


def test_a_short_extract_is_refused_in_the_card_and_the_scores(tmp_path):
    connection = world(50)
    connection.execute("DELETE FROM coded.event WHERE start_date < DATE '2025-01-01'")
    said = run._train(connection, tmp_path, AS_OF, None) + run._score(connection, tmp_path, AS_OF)
    assert "no scores. Visits are on file from 2025-01-01 on" in said[1] and len(said) == 6
    assert loaded(tmp_path).execute("SELECT count(*), min(reason) LIKE 'Visits are%' FROM extract.prediction_model").fetchone() == (2, True)
    assert card.words_of(store.read_card(tmp_path)[1])


def test_a_home_without_a_model_is_told_what_to_do(tmp_path, capsys):
    assert main(["predict", "report", "--home", str(tmp_path)]) == 1
    assert "huddleboard predict train" in capsys.readouterr().err
    assert loaded(tmp_path).execute("SELECT count(*) FROM extract.prediction").fetchone() == (0,)


def test_a_changed_model_file_is_not_read(trained, tmp_path):
    shutil.copytree(trained[0] / "predict", tmp_path / "predict")
    path = tmp_path / "predict" / f"model-{store.named(tmp_path, 'model')}" / "model.pickle"
    path.write_bytes(path.read_bytes() + b".")
    with pytest.raises(Fault, match="not the one that was written"):
        store.read_model(tmp_path)


def test_the_report_is_written_as_a_page(trained, tmp_path, capsys):
    out = tmp_path / "card.html"
    assert main(["predict", "report", "--home", str(trained[0]), "--out", str(out)]) == 0
    assert "<h1>Predicting admissions" in out.read_text(encoding="utf-8")
    assert main(["predict", "report", "--home", str(trained[0]), "--out", str(tmp_path / "card.doc")]) == 1


def test_tiers_and_drivers_by_hand():
    assert tiers_of([0.9] + [0.5] * 3 + [0.1] * 16) == ["high"] + ["medium"] * 3 + ["low"] * 16
    assert drivers_of(("age", "age_over_65", "diabetes", "insulin"), numpy.array([0.2, 0.3, -0.4, 0.01])) == [
        {"title": "age", "log_odds": 0.5}, {"title": "diabetes", "log_odds": -0.4}]


def test_sensitive_services_move_a_score_and_are_never_named():
    assert {"depression", "psychosis", "substance_use", "antipsychotic"} <= sensitive()
    assert drivers_of(("depression", "substance_use", "insulin"), numpy.array([2.0, 1.0, 0.3])) == [{"title": "insulin filled", "log_odds": 0.3}]


def test_scores_of_the_dead_and_of_failed_models_are_not_shown(run):
    found = run("mart/prediction", {"extract.prediction": """
        person | outcome   | probability | earlier_probability | tier
        1      | admission | 0.30        | 0.19                | high
        2      | admission | 0.30        | 0.21                | high
        3      | admission | 0.03        | 0.015               | low
        4      | admission | 0.30        |                     | high
        5      | admission | 0.30        |                     | high
        1      | emergency | 0.30        |                     | high
    """, "extract.prediction_model": """
        outcome   | reason             | as_of
        admission |                    | 2024-12-01
        emergency | Calibration failed | 2024-12-01
    """, "coded.person": """
        person | death_date | held
        1      |            | F
        2      |            | F
        3      |            | F
        4      |            | F
        5      | 2024-06-01 | F
    """}, as_of="2024-12-31")
    assert [(row["person"], row["rising"]) for row in found] == [(1, True), (2, False), (3, False), (4, False)]
