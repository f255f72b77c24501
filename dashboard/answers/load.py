"""Answers as a source of the build: extract.answer from the state database."""

import os
from datetime import datetime
from pathlib import Path

COLUMNS = ("answer_id", "person", "measure_id", "period", "unit", "kind", "answered", "known")
BATCH = 50_000


def load_answers(connection, home: Path, people=None, known_at: datetime | None = None) -> None:
    """Fill extract.answer (made empty by create_extract_views). people: persons after merges, None = all; known_at: answers given by then."""
    if not (os.environ.get("HUDDLEBOARD_STATE_URL") or (Path(home) / "state.sqlite").exists()):
        return
    rows = _rows(home, known_at)
    for start in range(0, len(rows), BATCH):
        columns = dict(zip(COLUMNS, map(list, zip(*rows[start:start + BATCH], strict=True)), strict=True))
        connection.execute("""
            INSERT INTO extract.answer
            SELECT a.answer_id, coalesce(m.person, a.person), a.measure_id, a.period, a.unit, a.kind, a.answered, a.known
            FROM (SELECT unnest($answer_id) AS answer_id, unnest($person) AS person, unnest($measure_id) AS measure_id, unnest($period) AS period,
                    unnest($unit) AS unit, unnest($kind) AS kind, unnest($answered) AS answered, unnest($known::VARCHAR[][]) AS known) AS a
            LEFT JOIN extract.merged_person AS m ON m.person_key = a.person""", columns)
    if people is not None:
        connection.execute("DELETE FROM extract.answer WHERE person NOT IN (SELECT unnest($people::INTEGER[]))", {"people": sorted(people)})


def _rows(home: Path, known_at: datetime | None) -> list[tuple]:
    from sqlalchemy import select

    from dashboard.answers.kinds import settles
    from dashboard.state import open_store
    from dashboard.state.models import Answer
    question = select(Answer.id, Answer.person, Answer.measure_id, Answer.period, Answer.unit, Answer.kind, Answer.proposed, Answer.known)
    if known_at is not None:
        question = question.where(Answer.at <= known_at)
    with open_store(home).begin() as session:
        return [(*row[:6], settles(row.kind, row.proposed), row.known) for row in session.execute(question.order_by(Answer.id))]
