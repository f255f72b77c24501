"""What a published version says of risk as a whole: who has a tier and a score, why the others have none, and what that took of the build."""

from dashboard.build import sql
from dashboard.settings import QUERIES

# Relations that are there for risk alone: their seconds are the risk step.
STEP = frozenset({
    "coded.diagnosis_year", "coded.diagnosed_year", "coded.medicare_year", "coded.hospital_bill", "coded.plan_score", "result.risk_score",
    "result.condition_category", "result.comorbidity", "result.suspect", "history.risk", "mart.risk", "mart.risk_history", "mart.factor_name",
    "mart.risk_factor", "mart.risk_prompt", "mart.risk_diagnosis", "mart.discharge"})


def risk_said(cursor) -> dict:
    """{"tier": {tier: people}, "no_tier": {reason: people}, "score": {tables: people}, "no_score": {reason: people},
    "no_rx_score": {reason: people}}: a person may have several reasons."""
    item = sql.relation(QUERIES / "export" / "risk_said.sql")
    found: dict = {"tier": {}, "no_tier": {}, "score": {}, "no_score": {}, "no_rx_score": {}}
    for of_what, words, people in sql.execute(cursor, item.text, {}, place=item.path).fetchall():
        found[of_what.replace(" ", "_")][words] = people
    return found


def share(seconds: list[tuple[str, float]]) -> float | None:
    """The risk step's part of the seconds of all relations (they are made side by side, so the sum is more than the build took); None without any.

    seconds: (step, seconds) as mart.build_step has them; steps without a dot are sums of a layer.
    """
    alone = [(name, spent) for name, spent in seconds if "." in name]
    total = sum(spent for _, spent in alone)
    return sum(spent for name, spent in alone if name in STEP) / total if total else None
