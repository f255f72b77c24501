"""huddleboard risk: scores of people from two parquet files."""

import json
from dataclasses import asdict
from pathlib import Path


def add_parser(subparsers) -> None:
    parser = subparsers.add_parser("risk", description=(
        "Score people by a CMS model from a file of members (person_id, age, sex, dual_status, orec, crec, new_enrollee, snp, lti, "
        "low_income) and one of their diagnoses of the year (person_id, code). Raw scores: neither normalized nor adjusted."))
    parser.add_argument("--members", required=True, type=Path, metavar="FILE", help="parquet, a row a person")
    parser.add_argument("--diagnoses", required=True, type=Path, metavar="FILE", help="parquet, a row a person and ICD-10-CM code that counts")
    parser.add_argument("--model", required=True, metavar="MODEL", help="V28, V24 or RxHCC-V08")
    parser.add_argument("--year", required=True, type=int, metavar="YEAR", help="payment year of the tables")
    parser.add_argument("--out", required=True, type=Path, metavar="FILE", help="parquet to write: person_id, model, payment_year, segment, "
                        "raw_score, hccs, factors, not_scoreable")
    parser.add_argument("--json", action="store_true", help="print the counts as JSON")
    parser.set_defaults(handler=run)


def run(arguments) -> None:
    from dashboard.risk.score import score_files
    scored = score_files(arguments.members, arguments.diagnoses, arguments.model, arguments.year, arguments.out)
    if arguments.json:
        print(json.dumps(asdict(scored)))
        return
    print(f"{scored.scored:,} of {scored.people:,} people scored.")
    for reason, people in scored.not_scoreable.items():
        print(f"not scoreable: {people:,}: {reason}")
    if scored.strangers:
        print(f"{scored.strangers:,} diagnoses are of people whom the file of members does not have; nobody got them.")
