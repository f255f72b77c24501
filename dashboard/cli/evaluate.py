"""huddleboard evaluate: one official measure over test patients."""

from pathlib import Path

from dashboard.cli.options import a_period


def add_parser(subparsers) -> None:
    parser = subparsers.add_parser("evaluate", description="Run one official measure over FHIR test patients and write their populations.")
    parser.add_argument("--measure", required=True, metavar="ID", help="CMS130, ...")
    parser.add_argument("--fhir", required=True, type=Path, metavar="FILE", help="one case a line (ndjson or ndjson.gz): case, bundle")
    parser.add_argument("--value-sets", required=True, type=Path, metavar="FILE", help="oid, value_set_name, code_system, code, release")
    parser.add_argument("--direct-codes", required=True, type=Path, metavar="FILE", help="codes that measures name directly")
    parser.add_argument("--period", required=True, type=a_period, metavar="FIRST:LAST", help="measurement period, both days included")
    parser.add_argument("--out", required=True, type=Path, metavar="FILE", help="csv to write: case, group, population, count")
    parser.set_defaults(handler=run)


def run(arguments) -> None:
    from dashboard.evaluate import evaluate
    evaluate(measure=arguments.measure, fhir=arguments.fhir, value_sets=arguments.value_sets, direct_codes=arguments.direct_codes,
             period=arguments.period, out=arguments.out)
