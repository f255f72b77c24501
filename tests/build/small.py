"""A build in miniature for tests of the driver: one row a person, two layers of queries, one check."""

from pathlib import Path

from dashboard.build.driver import Parts

QUERIES = {
    "valid/patient.sql": "-- One row a person.\nSELECT person FROM extract.patient",
    "coded/person.sql": "-- One row a person.\nSELECT person, $as_of AS as_of FROM valid.patient",
    "result/measure_result.sql": "-- One row a person.\nSELECT person FROM coded.person",
    "mart/person.sql": "-- One row a person.\nSELECT person, as_of FROM coded.person",
    "check/every_person_has_a_positive_number.sql": "SELECT person FROM mart.person WHERE person < 0",
}


def parts(folder: Path, select: str = "SELECT range::INTEGER AS person FROM range(3)", **queries: str) -> Parts:
    """Parts of a build whose extract layer is `select`; queries are added or changed by 'layer__name'."""
    files = QUERIES | {f"{name.replace('__', '/')}.sql": text for name, text in queries.items()}
    for name, text in files.items():
        path = folder / "queries" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Parts(folder / "queries", lambda connection, *_: connection.execute(f"CREATE VIEW extract.patient AS {select}"),
                 lambda *_: None, lambda: None)
