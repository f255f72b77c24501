"""The concepts of measures/value_sets: which there are, and the codes that each holds."""

import csv
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

INDEX = "index.csv"
INDEX_COLUMNS = ("concept", "title", "oids", "origin", "source", "unconfirmed")
ORIGINS = ("official", "direct", "catalog", "derived", "public", "built_in")
CODE_SYSTEMS = {
    "SNOMEDCT", "LOINC", "HCPCS", "ICD10CM", "ICD10PCS", "ICD9CM", "RXNORM", "NDC", "CVX", "UBREV", "TypeOfBill", "PatDischargeStatus",
    "POS", "MODIFIER", "MSDRG", "ActCode", "SOPT", "AdministrativeGender", "FHIRAdministrativeGender", "CDCREC", "HSLOC", "POA",
    "AllergyClinicalStatus", "AllergyVerificationStatus", "ConditionCategory", "ConditionClinicalStatus", "ConditionVerificationStatus",
    "DiagnosisRole", "ObservationCategory", "USCoreConditionCategory"}
CODE_COLUMNS = {"code_system": "VARCHAR", "code": "VARCHAR", "origin": "VARCHAR"}


@dataclass(frozen=True)
class Concept:
    """One line of the index. number: its place there, which never changes; oids: the official value sets that it holds."""
    number: int
    name: str
    title: str
    oids: tuple[str, ...]
    origin: str
    unconfirmed: str

    @property
    def built_in(self) -> bool:
        """Made by the engine and not from codes."""
        return self.origin == "built_in"


def read_index(folder: Path, faults: list[str]) -> list[Concept]:
    """Concepts of the index in its order; what is wrong with it is added to `faults`."""
    path = folder / INDEX
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if tuple(reader.fieldnames or ()) != INDEX_COLUMNS:
            faults.append(f"{path}: columns {reader.fieldnames}. Wanted: {', '.join(INDEX_COLUMNS)}.")
            return []
        concepts = [Concept(number, row["concept"], row["title"], tuple(row["oids"].split()), row["origin"], row["unconfirmed"])
                    for number, row in enumerate(reader, 1)]
    for name, count in Counter(c.name for c in concepts).items():
        if count > 1:
            faults.append(f"{path}: concept \"{name}\" stands there {count} times.")
    faults += [f"{path}, line {c.number + 1}: origin \"{c.origin}\" of {c.name}. Known: {', '.join(ORIGINS)}."
               for c in concepts if c.origin not in ORIGINS]
    return concepts


def code_files(folder: Path, concepts: list[Concept], faults: list[str], imported: Path | None = None) -> list[Path]:
    """The file of codes of each concept; a file of the same name in `imported` (licensed content of a customer) takes its place."""
    names = {c.name for c in concepts if not c.built_in}
    files = {path.stem: path for path in folder.glob("*.csv") if path.name != INDEX}
    if imported is not None:
        files |= {path.stem: path for path in imported.glob("*.csv")}
    faults += [f"{folder / name}.csv: missing, though {INDEX} names the concept." for name in sorted(names - files.keys())]
    faults += [f"{files[name]}: {INDEX} does not name the concept \"{name}\"." for name in sorted(files.keys() - names)]
    return [files[name] for name in sorted(names & files.keys())]


def read_codes(connection, files: list[Path], table: str) -> None:
    """Make the table (name, file, code_system, code) from the files of codes, in normal form."""
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE {table} AS
        SELECT parse_filename(filename, true) AS name, filename AS file, normal_system(code_system) AS code_system,
            normal_code(normal_system(code_system), code) AS code
        FROM read_csv($files, auto_detect = false, header = true, delim = ',', quote = '"', filename = true, columns = $columns)""",
                       {"files": [str(path) for path in files], "columns": CODE_COLUMNS})


def faults_of_codes(connection, table: str) -> list[str]:
    """What is wrong with codes: an unknown code system, no code, a prefix that is none, a code twice."""
    found = connection.execute(f"""
        SELECT DISTINCT file, 'no code system "' || coalesce(code_system, '') || '".' AS wrong FROM {table}
        WHERE code_system IS NULL OR NOT list_contains($known, code_system)
        UNION ALL
        SELECT file, code_system || ' "' || coalesce(code, '') || '": a code is not empty, and * only ends a prefix.' FROM {table}
        WHERE code IS NULL OR regexp_matches(code, '^[*]|[*].|\\s')
        UNION ALL
        SELECT file, code_system || ' ' || code || ' stands there ' || count(*) || ' times.' FROM {table}
        GROUP BY file, code_system, code HAVING count(*) > 1
        ORDER BY ALL""", {"known": sorted(CODE_SYSTEMS)}).fetchall()
    return [f"{file}: {wrong}" for file, wrong in found]
