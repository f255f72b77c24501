"""NDC crosswalk of a home directory, from RxNorm's release files and the FDA's NDC directory.

RxNorm: RXNSAT.RRF names the RxNorm code of an NDC; a brand's code also leads to its generic (RXNREL.RRF), which is what value sets
hold; RXNCONSO.RRF gives names for the screens. FDA: package.txt has no RxNorm codes, but a package of a product of which RxNorm knows
another package is the same drug. Nothing is matched by name.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from dashboard import database
from dashboard.build import macros
from dashboard.errors import Fault

RRF = {
    "RXNSAT.RRF": "rxcui lui sui rxaui stype code atui satui atn sab atv suppress cvf rest",
    "RXNREL.RRF": "rxcui1 rxaui1 stype1 rel rxcui2 rxaui2 stype2 rela rui srui sab sl dir rg suppress cvf rest",
    "RXNCONSO.RRF": "rxcui lat ts lui stt sui ispref rxaui saui scui sdui sab tty code str srl suppress cvf rest"}
FDA = "PACKAGE.TXT"


@dataclass(frozen=True)
class Imported:
    """What an import wrote. ndcs: NDCs of the crosswalk; wanted: those of them that reach a concept; names: drugs with a name."""
    ndcs: int
    pairs: int
    wanted: int
    names: int
    unknown_packages: int


def import_ndc(paths: list[Path], home: Path) -> Imported:
    """Write HOME/reference/ndc.parquet (ndc, rxnorm) and drug_name.parquet (rxnorm, name) from files or folders that hold them.

    RxNorm files make the crosswalk anew; the FDA's alone extend the one that was imported before. Fault names what is missing.
    """
    files = _find(paths)
    target = home / "reference"
    connection = database.connect()
    macros.prepare(connection)
    _pairs(connection, files, target)
    unknown = _packages(connection, files[FDA]) if FDA in files else 0
    target.mkdir(parents=True, exist_ok=True)
    _write(connection, "SELECT DISTINCT ndc, rxnorm FROM pair ORDER BY ALL", target / "ndc.parquet")
    names = _write_names(connection, files, target)
    return _counted(connection, names, unknown)


def _find(paths: list[Path]) -> dict[str, Path]:
    """The files that we know by name, in the folders given and below; the name's case does not matter."""
    known = {*RRF, FDA}
    found: dict[str, Path] = {}
    for path in paths:
        if not path.exists():
            raise Fault(path, "no such file or folder.")
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.name.upper() in known:
                found.setdefault(file.name.upper(), file)
    if not found.keys() & {"RXNSAT.RRF", FDA}:
        raise Fault(", ".join(map(str, paths)), "neither RXNSAT.RRF (RxNorm) nor package.txt (FDA) is here.",
                    "Unpack the release and name its folder.")
    return found


def _pairs(connection, files: dict[str, Path], target: Path) -> None:
    """Table pair (ndc, rxnorm): from RxNorm, or the crosswalk imported before."""
    if "RXNSAT.RRF" not in files:
        if not (target / "ndc.parquet").exists():
            raise Fault(files[FDA], "the FDA's files name no RxNorm codes.", "Give RxNorm's RXNSAT.RRF too, or import it first.")
        connection.execute("CREATE TEMP TABLE pair AS SELECT ndc, rxnorm FROM read_parquet($1)", [str(target / "ndc.parquet")])
        return
    connection.execute(f"""
        CREATE TEMP TABLE pair AS
        SELECT DISTINCT ndc_code(atv) AS ndc, rxcui AS rxnorm FROM {_rrf(files["RXNSAT.RRF"])}
        -- An NDC of another source without dashes and not of eleven digits could be read in three ways.
        WHERE atn = 'NDC' AND (sab = 'RXNORM' OR contains(atv, '-') OR length(trim(atv)) = 11)
            AND regexp_matches(ndc_code(atv), '^\\d{{11}}$')""")
    if not connection.execute("SELECT 1 FROM pair LIMIT 1").fetchone():
        raise Fault(files["RXNSAT.RRF"], "no row with ATN = NDC.", "Is this RXNSAT.RRF of the full or prescribable RxNorm release?")
    if "RXNREL.RRF" in files:
        connection.execute(f"""
            INSERT INTO pair SELECT ndc, rxcui1 FROM pair JOIN (
                SELECT rxcui1, rxcui2 FROM {_rrf(files["RXNREL.RRF"])} WHERE rela = 'tradename_of' AND rxcui1 <> '') ON rxcui2 = rxnorm""")


def _packages(connection, path: Path) -> int:
    """Packages of the FDA's directory whose product (first nine digits) means one drug join; gives how many stay unknown."""
    with path.open(encoding="latin-1") as file:
        header = file.readline().rstrip("\r\n").split("\t")
    if "NDCPACKAGECODE" not in header:
        raise Fault(path, f"columns {', '.join(header)[:80]}.", "Wanted: package.txt of the FDA's NDC directory (text version).")
    connection.execute("""
        CREATE TEMP TABLE package AS SELECT DISTINCT ndc_code(NDCPACKAGECODE) AS ndc
        FROM read_csv($file, auto_detect = false, header = true, delim = '\t', quote = '', escape = '', encoding = 'latin-1',
            columns = $columns)
        WHERE regexp_matches(ndc_code(NDCPACKAGECODE), '^\\d{11}$') AND ndc_code(NDCPACKAGECODE) NOT IN (SELECT ndc FROM pair)""",
                       {"file": str(path), "columns": dict.fromkeys(header, "VARCHAR")})
    connection.execute("""
        INSERT INTO pair
        WITH drug AS (SELECT ndc, list(DISTINCT rxnorm ORDER BY rxnorm) AS rxnorms FROM pair GROUP BY ndc),
        product AS (SELECT ndc[:9] AS product, any_value(rxnorms) AS rxnorms FROM drug GROUP BY ALL HAVING count(DISTINCT rxnorms) = 1)
        SELECT ndc, unnest(rxnorms) FROM package JOIN product ON product = ndc[:9]""")
    return connection.execute("SELECT count(*) FROM package WHERE ndc NOT IN (SELECT ndc FROM pair)").fetchone()[0]


def _write_names(connection, files: dict[str, Path], target: Path) -> int:
    if "RXNCONSO.RRF" not in files:
        return 0
    connection.execute(f"""
        CREATE TEMP TABLE drug_name AS SELECT rxcui AS rxnorm, any_value(str ORDER BY tty) AS name FROM {_rrf(files["RXNCONSO.RRF"])}
        WHERE sab = 'RXNORM' AND tty IN ('SCD', 'SBD', 'GPCK', 'BPCK') AND rxcui IN (SELECT rxnorm FROM pair) GROUP BY rxcui""")
    _write(connection, "FROM drug_name ORDER BY rxnorm", target / "drug_name.parquet")
    return connection.execute("SELECT count(*) FROM drug_name").fetchone()[0]


def _rrf(path: Path) -> str:
    """A read_csv call over a file of RxNorm's release: no header, a bar after each of its columns."""
    columns = RRF[path.name.upper()].split()
    with path.open(encoding="utf-8") as file:
        width = len(file.readline().rstrip("\r\n").split("|"))
    if width != len(columns):
        raise Fault(f"{path}, line 1", f"{width - 1} columns.", f"Wanted {len(columns) - 1}: is this {path.name.upper()} of RxNorm?")
    names = ", ".join(f"'{name}': 'VARCHAR'" for name in columns)
    quoted = str(path).replace("'", "''")
    return f"read_csv('{quoted}', auto_detect = false, header = false, delim = '|', quote = '', escape = '', columns = {{{names}}})"


def _write(connection, select: str, path: Path) -> None:
    """Beside it first, so that a reader never meets half a file."""
    part = path.with_suffix(".part")
    quoted = str(part).replace("'", "''")
    connection.execute(f"COPY ({select}) TO '{quoted}' (FORMAT parquet)")
    os.replace(part, path)


def _counted(connection, names: int, unknown: int) -> Imported:
    from dashboard.reference.load import load_reference
    load_reference(connection)
    ndcs, pairs, wanted = connection.execute("""
        SELECT count(DISTINCT ndc), count(DISTINCT (ndc, rxnorm)), count(DISTINCT ndc) FILTER (WHERE rxnorm IN (
            SELECT code FROM reference.value_set_code WHERE code_system = 'RXNORM')) FROM pair""").fetchone()
    return Imported(ndcs, pairs, wanted, names, unknown)
