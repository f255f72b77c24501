"""The published scores of `huddleboard predict` as relations of layer extract: they arrive from outside the flow, like a file."""

from pathlib import Path

from dashboard.build.extract_view import literal

SCORE = """person INTEGER, outcome VARCHAR, probability DOUBLE, earlier_probability DOUBLE, tier VARCHAR,
    drivers STRUCT(title VARCHAR, log_odds DOUBLE)[]"""
MODEL = """outcome VARCHAR, title VARCHAR, model VARCHAR, method VARCHAR, as_of DATE, reason VARCHAR, scored BIGINT, card VARCHAR, about VARCHAR"""


def create_predictions(connection, home: Path, limited: bool = False) -> None:
    """extract.prediction (person and outcome) and extract.prediction_model (outcome), empty where nothing is scored in this home directory.

    limited: to the keys of extract.wanted_person. People who were merged since are the person whom they became: of two scores the higher stands.
    Reads extract.merged_person.
    """
    connection.execute(f"CREATE OR REPLACE TABLE extract.prediction ({SCORE}); CREATE OR REPLACE TABLE extract.prediction_model ({MODEL})")
    pointer = home / "predict" / "score"
    if not pointer.exists():
        return
    folder = home / "predict" / f"score-{pointer.read_text(encoding='utf-8').strip()}"
    connection.execute(f"INSERT INTO extract.prediction_model BY NAME FROM read_parquet({literal(folder / 'model.parquet')})")
    scores = f"read_parquet({literal(folder / 'score.parquet')})"
    if limited:
        scores = f"(FROM {scores} SEMI JOIN (SELECT person_key AS person FROM extract.wanted_person) USING (person))"
    connection.execute(f"""
        INSERT INTO extract.prediction BY NAME
        SELECT DISTINCT ON (person, outcome) coalesce(m.person, s.person) AS person, s.* EXCLUDE (person)
        FROM {scores} AS s LEFT JOIN extract.merged_person AS m ON m.person_key = s.person
        ORDER BY person, outcome, probability DESC""")
