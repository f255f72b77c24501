"""huddleboard generate: a synthetic extract."""

import sys
from pathlib import Path

from dashboard.cli.options import a_date

MONTHS, FEW, FEWEST = 12, 25_000, 500  # more people would make too many files, fewer would make deliveries too thin to judge


def add_parser(subparsers) -> None:
    parser = subparsers.add_parser("generate", description="Write three years of synthetic people as parquet in the names of the extract contract.")
    parser.add_argument("--members", required=True, type=int, metavar="N", help="how many people")
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="new folder to write")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="another seed gives other people (default: 1)")
    parser.add_argument("--as-of", type=a_date, metavar="DATE", help="last day of the three years (default: today)")
    parser.add_argument("--months", type=int, metavar="N", help=f"deliveries of the last N months, for trends (default: {MONTHS} for {FEWEST} "
                        f"to {FEW:,} people, else 0: one delivery)")
    parser.set_defaults(handler=run)


def run(arguments) -> None:
    from dashboard.generate import generate
    months = usual_months(arguments.members) if arguments.months is None else arguments.months
    extract = generate(arguments.members, arguments.out, arguments.seed, arguments.as_of, months=months,
                       say=lambda line: print(line, file=sys.stderr, flush=True))
    for table, rows in sorted(extract.rows.items()):
        print(f"{table:<24}{rows:>14,}")


def usual_months(members: int) -> int:
    """Months of deliveries that so many people come in, unless told."""
    return MONTHS if FEWEST <= members <= FEW else 0
