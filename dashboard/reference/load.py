"""Schema `reference` of a connection: concepts and codes, results that codes state, units, drug codes, rules, programmes."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from dashboard.build import macros
from dashboard.errors import HuddleboardError
from dashboard.reference.value_sets import Concept, code_files, faults_of_codes, read_codes, read_index
from dashboard.risk.tables import load_tables
from dashboard.settings import DATA, MEASURES

VALUE_SETS = MEASURES / "value_sets"
REFERENCE = DATA / "reference"
VALUE_SET_COLUMNS = dict.fromkeys(("oid", "value_set_name", "code_system", "code", "release"), "VARCHAR")
DIRECT_COLUMNS = dict.fromkeys(("measure", "name", "system", "code", "library", "used"), "VARCHAR")


class ReferenceFaults(HuddleboardError):
    """Everything that is wrong with the reference data, a line each."""

    def __init__(self, faults: list[str]):
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class Loaded:
    """What was loaded. missing: concepts whose official value sets the given file does not hold; unknown_codes: codes that
    the given direct codes name and no concept holds, as (code_system, code)."""
    concepts: int
    codes: int
    missing: tuple[str, ...] = ()
    unknown_codes: tuple[tuple[str, str], ...] = ()


def load_reference(connection, value_sets: str | Path | None = None, direct_codes: str | Path | None = None,
                   release: str | int | None = None, home: str | Path | None = None, folder: Path = VALUE_SETS,
                   data: Path = REFERENCE) -> Loaded:
    """Create and fill every table of schema `reference` that is not made from cards. ReferenceFaults names all faults at once.

    value_sets: a file of official value sets (oid, value_set_name, code_system, code, release; plain or gz). Concepts with OIDs then
    hold exactly its rows of release 'all' and `release` (of every release when None). direct_codes: checked against the concepts.
    home: the home directory; what was imported there (NDC crosswalk, licensed value sets) comes before what is shipped.
    """
    imported = Path(home) / "reference" if home is not None else None
    _prepare(connection, value_sets, direct_codes)
    faults: list[str] = []
    concepts = _read(connection, folder, imported, only_own=bool(value_sets), faults=faults)
    _load_concepts(connection, concepts)
    codes = _load_codes(connection, value_sets, release)
    ask_about(connection, range(1, len(concepts) + 1), range(1, len(concepts) + 1))
    _load_data(connection, data, imported)
    _load_cohort_facts(connection, data / "cohort_fact.csv")
    faults += _unknown_concepts(connection, data)
    if faults:
        raise ReferenceFaults(faults)
    _load_rules(connection)
    load_tables(connection)
    return Loaded(len(concepts), codes, _without_codes(connection) if value_sets else (), _unknown_codes(connection, direct_codes))


def _prepare(connection, *given) -> None:
    """The schema, the macros that write codes in normal form, and a look whether the files given are there."""
    missing = [f"{path}: no such file." for path in given if path and not Path(path).is_file()]
    if missing:
        raise ReferenceFaults(missing)
    connection.execute("CREATE SCHEMA IF NOT EXISTS reference")
    if not connection.execute("SELECT 1 FROM duckdb_functions() WHERE function_name = 'normal_code'").fetchone():
        macros.prepare(connection)


def _read(connection, folder: Path, imported: Path | None, only_own: bool, faults: list[str]) -> list[Concept]:
    """Concepts of the index, and their codes as table shipped_code; only_own: not of concepts that hold official value sets."""
    concepts = read_index(folder, faults)
    files = code_files(folder, concepts, faults, imported and imported / "value_sets")
    if only_own:
        own = {c.name for c in concepts if not c.oids}
        files = [path for path in files if path.stem in own]
    if not concepts or not files:
        raise ReferenceFaults(faults or [f"{folder}: no value sets."])
    read_codes(connection, files, "shipped_code")
    faults += faults_of_codes(connection, "shipped_code")
    return concepts


def _load_concepts(connection, concepts: list[Concept]) -> None:
    connection.execute("""
        CREATE OR REPLACE TABLE reference.concept AS
        SELECT CAST(unnest($numbers) AS SMALLINT) AS concept, unnest($names) AS name, unnest($titles) AS title,
            string_split(nullif(unnest($oids), ''), ' ') AS oids, unnest($origins) AS origin,
            nullif(unnest($unconfirmed), '') AS unconfirmed""", {
        "numbers": [c.number for c in concepts], "names": [c.name for c in concepts], "titles": [c.title for c in concepts],
        "oids": [" ".join(c.oids) for c in concepts], "origins": [c.origin for c in concepts],
        "unconfirmed": [c.unconfirmed for c in concepts]})


def _load_codes(connection, value_sets, release) -> int:
    """reference.value_set_code from the files that were read and, for concepts with OIDs, from `value_sets`; gives its rows."""
    connection.execute("""
        CREATE OR REPLACE TABLE reference.value_set_code AS
        SELECT concept, code_system, code FROM shipped_code JOIN reference.concept USING (name) ORDER BY ALL""")
    if value_sets:
        connection.execute("""
            INSERT INTO reference.value_set_code
            SELECT DISTINCT concept, normal_system(code_system), normal_code(normal_system(code_system), code)
            FROM read_csv($file, auto_detect = false, header = true, delim = ',', quote = '"', columns = $columns) AS v
            JOIN (SELECT concept, unnest(oids) AS oid FROM reference.concept) AS c ON c.oid = v.oid
            WHERE v.release = 'all' OR $release IS NULL OR v.release = $release
            ORDER BY ALL""", {"file": str(value_sets), "columns": VALUE_SET_COLUMNS, "release": None if release is None else str(release)})
    connection.execute("DROP TABLE shipped_code")
    return connection.execute("SELECT count(*) FROM reference.value_set_code").fetchone()[0]


def ask_about(connection, of_covered: Iterable[int], of_others: Iterable[int], counting: tuple[Iterable[int], Iterable[int]] = ((), ())) -> None:
    """Say which concepts `coded` shall have events and details of: numbers, for covered people and for everybody else; load_reference says all.

    counting: those by which populations are counted, for both: supplemental data gives no event of these.
    """
    connection.execute("""
        CREATE OR REPLACE TABLE reference.population_concept AS
        SELECT CAST(unnest($of_covered) AS SMALLINT) AS concept, TRUE AS covered UNION ALL SELECT CAST(unnest($of_others) AS SMALLINT), FALSE""",
                       {"of_covered": sorted(counting[0]), "of_others": sorted(counting[1])})
    connection.execute("""
        CREATE OR REPLACE TABLE reference.asked_concept AS
        SELECT CAST(unnest($of_covered) AS SMALLINT) AS concept, TRUE AS covered UNION ALL SELECT CAST(unnest($of_others) AS SMALLINT), FALSE""",
                       {"of_covered": sorted(of_covered), "of_others": sorted(of_others)})
    _want_codes(connection)


def ask_for_cohorts(connection) -> None:
    """Have `coded` also hold events of what cohorts may ask about and of what rules of suspects look at, of everybody. Call after ask_about."""
    connection.execute("""
        INSERT INTO reference.asked_concept
        SELECT DISTINCT c.concept, t.covered
        FROM (SELECT concept AS name FROM reference.cohort_fact UNION SELECT concept_name FROM reference.risk_suspect)
        JOIN reference.concept AS c USING (name) CROSS JOIN (VALUES (TRUE), (FALSE)) AS t(covered)
        WHERE (c.concept, t.covered) NOT IN (SELECT (concept, covered) FROM reference.asked_concept)""")
    _want_codes(connection)


def _want_codes(connection) -> None:
    connection.execute("""
        CREATE OR REPLACE TABLE reference.wanted_code AS
        SELECT covered, code_system, code, concept FROM reference.value_set_code JOIN reference.asked_concept USING (concept)""")


def _load_data(connection, data: Path, imported: Path | None) -> None:
    """The tables of data/reference. A code that states a result states an interval: exclusive bounds are the next number."""
    ndc = imported / "ndc.parquet" if imported and (imported / "ndc.parquet").exists() else data / "ndc.csv"
    names = imported / "drug_name.parquet" if imported and (imported / "drug_name.parquet").exists() else None
    connection.execute(f"""
        CREATE OR REPLACE TABLE reference.code_value AS
        SELECT code_system, code, concept, coalesce(at_least, nextafter(above, DOUBLE 'infinity'), DOUBLE '-infinity') AS value,
            coalesce(at_most, nextafter(below, DOUBLE '-infinity'), DOUBLE 'infinity') AS value_high
        FROM {_csv(data / "code_value.csv", "code_system concept code", "at_least above at_most below")};
        CREATE OR REPLACE TABLE reference.unit AS
        SELECT from_unit, to_unit, concept, factor, shift FROM {_csv(data / "unit.csv", "from_unit to_unit concept", "factor shift")};
        CREATE OR REPLACE TABLE reference.omb AS SELECT sent, kind, code FROM {_csv(data / "omb.csv", "sent kind code")};
        CREATE OR REPLACE TABLE reference.omb_name AS SELECT code, name FROM {_csv(data / "omb_name.csv", "code name")};
        CREATE OR REPLACE TABLE reference.plausible_value AS
        SELECT concept, unit, low, high FROM {_csv(data / "plausible_value.csv", "concept unit", "low high")};
        CREATE OR REPLACE TABLE reference.programme AS
        SELECT programme, CAST(measurement_year AS SMALLINT) AS measurement_year, measure_id, name_in_programme, weight, role, source
        FROM {_csv(data / "programme.csv", "programme measurement_year measure_id name_in_programme role source", "weight")};
        CREATE OR REPLACE TABLE reference.benchmark AS
        SELECT programme, CAST(year AS SMALLINT) AS year, CAST(measurement_year AS SMALLINT) AS measurement_year, measure_id, variant,
            coalesce(rate, '') AS rate, coalesce(product_line, '') AS product_line, level, value, source
        FROM {_csv(data / "benchmark.csv", "programme year measurement_year measure_id variant rate product_line level source", "value")};
        CREATE OR REPLACE TABLE reference.sensitive AS SELECT kind, name, service FROM {_csv(data / "sensitive.csv", "kind name service source")};
        CREATE OR REPLACE TABLE reference.delegable AS
        SELECT measure_id, assistant_action, standing_order, source, unconfirmed
        FROM {_csv(data / "delegable.csv", "measure_id assistant_action standing_order source unconfirmed")};
        CREATE OR REPLACE TABLE reference.ndc AS
        SELECT ndc, rxnorm FROM {_csv(ndc, "ndc rxnorm") if ndc.suffix == ".csv" else f"read_parquet({_quoted(ndc)})"};
        CREATE OR REPLACE TABLE reference.drug_name AS
        {f"SELECT rxnorm, name FROM read_parquet({_quoted(names)})" if names else "SELECT '' AS rxnorm, '' AS name WHERE FALSE"}""")


def _load_cohort_facts(connection, file: Path) -> None:
    """reference.cohort_fact: one row a fact and concept that tells of it."""
    connection.execute(f"""
        CREATE OR REPLACE TABLE reference.cohort_fact AS
        SELECT fact, title, kind, unnest(string_split(concepts, '+')) AS concept, CAST(months AS SMALLINT) AS months, low, high, unit,
            comorbid IS NOT NULL AS comorbid, source
        FROM {_csv(file, "fact title kind concepts unit comorbid source", "months low high")}""")


def _csv(path: Path, texts: str, numbers: str = "") -> str:
    """A read_csv call that finds columns by name: texts as VARCHAR, numbers as DOUBLE; lines that begin with # are remarks."""
    header = next(line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")).split(",")
    missing = sorted({*texts.split(), *numbers.split()} - set(header))
    if missing:
        raise ReferenceFaults([f"{path}: no column {', '.join(missing)}. It has {', '.join(header)}."])
    columns = ", ".join(f"'{name}': '{'DOUBLE' if name in numbers.split() else 'VARCHAR'}'" for name in header)
    how = "auto_detect = false, header = true, delim = ',', quote = '\"', comment = '#'"
    return f"read_csv({_quoted(path)}, {how}, columns = {{{columns}}})"


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _unknown_concepts(connection, data: Path) -> list[str]:
    """Lines of the tables that name a concept which the index does not."""
    found = connection.execute("""
        SELECT DISTINCT file, concept FROM (SELECT 'code_value.csv' AS file, concept FROM reference.code_value
            UNION ALL SELECT 'unit.csv', concept FROM reference.unit WHERE concept IS NOT NULL)
        WHERE concept NOT IN (SELECT name FROM reference.concept) ORDER BY ALL""").fetchall()
    return [f"{data / file}: no concept \"{concept}\"." for file, concept in found]


def _load_rules(connection) -> None:
    """reference.kind from measures/kinds.yaml, reference.rule from the contract."""
    from dashboard.build.extract import rule_rows
    bits = macros.kind_bits()
    connection.execute("CREATE OR REPLACE TABLE reference.kind AS SELECT unnest($names) AS name, CAST(unnest($bits) AS BIGINT) AS bits",
                       {"names": list(bits), "bits": list(bits.values())})
    columns = dict(zip(("table_name", "rule", "wrong", "cure", "outcome"), zip(*rule_rows(), strict=True), strict=True))
    connection.execute(f"CREATE OR REPLACE TABLE reference.rule AS SELECT {', '.join(f'unnest(${name}) AS {name}' for name in columns)}",
                       {name: list(values) for name, values in columns.items()})


def _without_codes(connection) -> tuple[str, ...]:
    return tuple(name for (name,) in connection.execute("""
        SELECT name FROM reference.concept WHERE oids IS NOT NULL AND concept NOT IN (SELECT concept FROM reference.value_set_code)
        ORDER BY name""").fetchall())


def _unknown_codes(connection, direct_codes) -> tuple[tuple[str, str], ...]:
    if not direct_codes:
        return ()
    return tuple(connection.execute("""
        SELECT DISTINCT normal_system(system) AS code_system, normal_code(normal_system(system), code) AS code
        FROM read_csv($file, auto_detect = false, header = true, delim = ',', quote = '"', columns = $columns) WHERE used = '1'
        EXCEPT SELECT code_system, code FROM reference.value_set_code ORDER BY ALL""",
                                    {"file": str(direct_codes), "columns": DIRECT_COLUMNS}).fetchall())
