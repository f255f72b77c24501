"""What stands of older claims and what new claims alone give make what all claims together give (queries/added)."""

import random
from contextlib import closing
from datetime import date

import drawn
import pytest

from dashboard import database
from dashboard.build import macros, sql
from dashboard.build.layers import layer_parameters
from dashboard.live import standing
from dashboard.settings import QUERIES

TABLES = {
    "valid.code": "table_name | code_system | code\n" + "\n".join(f"medical_claim | ICD10CM | {code}" for code in ("E119", "I10", "F329")),
    "reference.risk_code": "release | code | sure | slots\n" + "\n".join(f"V28-2026 | {code} | 1 | 0" for code in ("E119", "I10", "F329")),
    "reference.comorbidity_code": "of_index | condition | code",
    "reference.risk_service": "payment_year | code\n2026 | 99213",
    "reference.risk_bill_type": "prefix | needs_service\n011 | F\n013 | T",
}
COLUMNS = "person", "source_row", "claim_id", "payer", "plan", "claim_type", "bill_type_code", "hcpcs_code", "line_status", "claim_line_start_date", \
    "received_date", "diagnosis_code_type", "diagnosis_code_1", "diagnosis_code_2"


def _lines(seed: int) -> str:
    """Claim lines by chance: of few people, days and codes, so that they often say the same."""
    draw = random.Random(seed)
    lines = [" | ".join(COLUMNS)]
    for row in range(1, draw.randint(2, 60)):
        day = date(draw.choice((2023, 2024, 2025, 2026)), draw.choice((2, 3)), draw.choice((1, 2)))
        lines.append(" | ".join(str(cell) for cell in (
            draw.choice((1, 2)), row, f"c{row // 2:02}", "a", draw.choice("pq"), draw.choice(("professional", "institutional")),
            draw.choice(("", "", "0111", "0131", "0321")), draw.choice(("99213", "81002", "")), draw.choice(("paid", "paid", "denied")), day,
            draw.choice(("", date.fromordinal(day.toordinal() + draw.choice((3, 9))))), draw.choice(("", "ICD10CM", "ICD9CM")),
            draw.choice(("E119", "I10", "Z000", "")), draw.choice(("F329", "E119", "")))))
    return "\n".join(lines)


def test_what_is_made_of_several_claims_adds_up_or_has_them_read_again():
    """A relation that is neither here nor there would stand as it was whatever came. New rows on which the second kind hangs: queries/redone."""
    items = {item.full_name: item for layer in ("coded", "mart") for item in sql.relations(layer)}
    with closing(database.connect(threads=1)) as connection:
        macros.prepare(connection)
        made = {name for name in standing.BY_PERSON for part in items[name].parts if standing.tables_of(connection, part) & standing.DECIDES_BY.keys()}
    adds_up = {name for name in made if (QUERIES / "added" / f"{name.partition('.')[2]}.sql").exists()}
    assert made - adds_up == {"coded.attribution", "coded.stay", "coded.hospital_bill"}


@pytest.mark.parametrize("name", sorted(path.stem for path in (QUERIES / "added").glob("*.sql")))
def test_claims_in_two_parts_say_what_they_say_together(name):
    item = next(item for layer in ("coded", "mart") for item in sql.relations(layer) if item.name == name)
    parameters, some = layer_parameters(date(2025, 11, 20)), 0
    with closing(database.connect(threads=1)) as connection:
        macros.prepare(connection)
        for table, text in TABLES.items():
            drawn.create(connection, table, text)
        for seed in range(40):
            drawn.create(connection, "valid.medical_claim", _lines(seed))
            cut = random.Random(f"cut {seed}").randint(0, 20)
            older, newer = (item.text.replace("valid.medical_claim", f"(FROM valid.medical_claim WHERE claim_id {side} 'c{cut:02}')") for side in ("<", ">="))
            for table, text in (("older", older), ("newer", newer), ("together", item.text)):
                sql.execute(connection, f"CREATE OR REPLACE TABLE {table} AS {text}", parameters, place=item.path)
            connection.execute("CREATE OR REPLACE TABLE either AS FROM older UNION ALL BY NAME FROM newer")
            connection.execute(f"CREATE OR REPLACE TABLE added AS {sql.relation(QUERIES / 'added' / f'{name}.sql').text}")
            assert connection.execute("(FROM added EXCEPT ALL FROM together) UNION ALL (FROM together EXCEPT ALL FROM added)").fetchall() == []
            some += connection.execute("SELECT (SELECT count(*) FROM either) - (SELECT count(*) FROM together)").fetchone()[0]
    assert some > 10  # rows that both parts have
