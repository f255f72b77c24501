"""CMS IDR enrolment tables -> eligibility and patient, by the SELECTs of queries/intake/cms_idr.

Columns as in CMSgov/beneficiary-fhir-data, apps/bfd-model-idr (CC0). Of a table only rows that IDR holds for the newest are read.
"""

from dashboard.build import sql
from dashboard.intake import registry, text_files
from dashboard.intake.delivery import Delivery, Part
from dashboard.intake.finish import quoted
from dashboard.intake.gates import reading
from dashboard.intake.ledger import literal
from dashboard.intake.report import Problem, Refused
from dashboard.settings import QUERIES

FOLDER = QUERIES / "intake" / "cms_idr"
RECORD_SOURCE = None
STRICT = False
NEWEST = "IDR_LTST_TRANS_FLG"
# Columns that are read; the first ones, up to the bar, are those without which the table means nothing.
COLUMNS = {
    "benes": "BENE_SK BENE_BRTH_DT BENE_SEX_CD | BENE_MBI_ID BENE_LAST_NAME BENE_1ST_NAME BENE_MIDL_NAME BENE_DEATH_DT",
    "bene_mapd_enrlmt": "BENE_SK BENE_CNTRCT_NUM BENE_PBP_NUM BENE_ENRLMT_BGN_DT | BENE_ENRLMT_END_DT IDR_LTST_TRANS_FLG BENE_CVRG_TYPE_CD",
    "bene_cmbnd_dual_mdcr": "BENE_SK BENE_DUAL_STUS_CD BENE_MDCD_ELGBLTY_BGN_DT | BENE_MDCD_ELGBLTY_END_DT IDR_LTST_TRANS_FLG",
    "bene_mdcr_entlmt_rsn": "BENE_SK BENE_MDCR_ENTLMT_RSN_CD BENE_RNG_BGN_DT | BENE_RNG_END_DT IDR_LTST_TRANS_FLG",
    "bene_mdcr_stus": "BENE_SK BENE_MDCR_STUS_CD MDCR_STUS_BGN_DT | MDCR_STUS_END_DT IDR_LTST_TRANS_FLG",
    "bene_mapd_enrlmt_rx": "BENE_SK BENE_CNTRCT_NUM BENE_PBP_NUM | IDR_LTST_TRANS_FLG",
    "bene_lis": "BENE_SK BENE_LIS_EFCTV_CD BENE_RNG_BGN_DT | BENE_RNG_END_DT IDR_LTST_TRANS_FLG",
    "bene_lis_cmbnd": "BENE_SK BENE_CMBND_DEEMD_IND BENE_CMBND_DEEMD_EFCTV_DT | BENE_CMBND_DEEMD_TRMNTN_DT IDR_LTST_TRANS_FLG",
    "bene_tp": "BENE_SK BENE_TP_TYPE_CD BENE_RNG_BGN_DT | BENE_RNG_END_DT IDR_LTST_TRANS_FLG",
}
SELECTS = {"benes": "patient", "bene_mapd_enrlmt": "eligibility"}
# Of the same repository, and nothing here reads them.
LEFT = ("bene_mbi_id", "bene_xref", "cntrct_pbp_cntct", "cntrct_pbp_num", "prvdr_hstry")


def table_of(name: str) -> str | None:
    """The repository's table that a file holds, by the end of its name (synthetic_bene_tp.parquet); None for a file of something else."""
    stem = name.rsplit("/", 1)[-1].split(".")[0].lower()
    fits = [table for table in (*COLUMNS, *LEFT) if stem == table or stem.endswith(f"_{table}")]
    return "benes" if stem == "old_benes_sandbox" else max(fits, key=len, default=None)


def read(connection, delivery: Delivery) -> list[Part]:
    """Load the delivery's files and give the SELECTs that make contract rows of them."""
    connection.execute("CREATE SCHEMA IF NOT EXISTS sent")
    for table in COLUMNS:
        body = ", ".join(f"{quoted(column)} VARCHAR" for column in _columns(table))
        connection.execute(f"CREATE OR REPLACE TABLE sent.{table} (file_index INTEGER, row_number BIGINT, {body})")
    parts = []
    delivery.leave(file for file in delivery.files if table_of(file.name) is None)
    for file in delivery.files:
        table = table_of(file.name)
        if table in LEFT:
            delivery.report.not_used[table] = delivery.report.not_used.get(table, 0) + 1
            continue
        _load(connection, file, table)
        if table in SELECTS:
            text = sql.relation(FOLDER / f"{SELECTS[table]}.sql").text
            select = f"WITH arrived AS (SELECT * FROM sent.{table} WHERE file_index = {file.index})\nFROM (\n{text}\n)"
            parts.append(Part(file, SELECTS[table], select, f"cms_idr/{table}"))
    return parts


def people(connection, delivery: Delivery) -> None:
    """Tell the registry who is named, and the MBI, on which other sources may meet."""
    source = literal(delivery.data_source)
    registry.sent(connection, [f"SELECT {source}, BENE_SK FROM sent.{table}" for table in SELECTS],
                  [f"SELECT {source}, BENE_SK, 'mbi', NULL, BENE_MBI_ID, BENE_BRTH_DT FROM sent.benes "
                   "WHERE BENE_MBI_ID IS NOT NULL AND BENE_BRTH_DT IS NOT NULL"], [])


def keep(connection, delivery: Delivery) -> None:
    """Nothing to keep beside the extract."""


def rows_read(connection, delivery: Delivery) -> dict[str, int]:
    """Records of each file; files that are left alone are not named."""
    counts = dict(connection.execute("SELECT file_index, count(*) FROM unreadable GROUP BY ALL").fetchall())
    for table in COLUMNS:
        for index, count in connection.execute(f"SELECT file_index, count(*) FROM sent.{table} GROUP BY ALL").fetchall():
            counts[index] = counts.get(index, 0) + count
    return {file.name: counts.get(file.index, 0) for file in delivery.files if table_of(file.name) in COLUMNS}


def _columns(table: str) -> list[str]:
    return COLUMNS[table].replace("|", "").split()


def _load(connection, file, table: str) -> None:
    with reading(file):
        if file.name.endswith(".parquet"):
            found = [row[0] for row in connection.execute(f"DESCRIBE FROM read_parquet({literal(file.path)})").fetchall()]
            relation = f"(SELECT file_row_number + 1 AS row_number, * FROM read_parquet({literal(file.path)}, file_row_number = true))"
        else:
            header = text_files.header_of(file)
            text_files.load(connection, file, header, "read_now")
            found, relation = header.columns, "read_now"
    missing = [column for column in COLUMNS[table].partition("|")[0].split() if column not in found]
    if missing:
        raise Refused([Problem(file.name, "missing_column", f"no column {', '.join(missing)}.", f"Found: {', '.join(found)}.")])
    # IDR writes ~ for "not known".
    values = ", ".join(f"nullif(nullif(trim(CAST({quoted(c)} AS VARCHAR)), ''), '~')" if c in found else "NULL" for c in _columns(table))
    connection.execute(f"INSERT INTO sent.{table} SELECT {file.index}, row_number, {values} FROM {relation}")
