"""Measure the claims and print a table: python -m benchmarks.run [--only generate build fhir decks risk] [--million]."""

import argparse
import sys
from pathlib import Path

from benchmarks import build, decks, fhir, generate, risk

SCRATCH = Path(__file__).resolve().parent / "scratch"
KINDS = ("generate", "build", "fhir", "decks", "risk")


def main() -> int:
    """Exit status 1 when a claim is not met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="+", choices=KINDS, default=list(KINDS))
    parser.add_argument("--members", type=int, default=100_000, metavar="N", help="members of the build (default: 100000)")
    parser.add_argument("--million", action="store_true", help="build a million members too: half an hour and 30 GB of disk")
    parser.add_argument("--scratch", type=Path, default=SCRATCH, metavar="DIR", help="where the made files are kept between runs")
    arguments = parser.parse_args()
    claims = []
    if "generate" in arguments.only:
        claims += generate.measure(arguments.members, arguments.scratch)
    if "build" in arguments.only:
        claims += build.measure(arguments.members, arguments.scratch, limits=True)
    if arguments.million:
        claims += build.measure(1_000_000, arguments.scratch, limits=False)
    if "fhir" in arguments.only:
        claims += fhir.measure(arguments.scratch)
    if "decks" in arguments.only:
        claims += decks.measure()
    if "risk" in arguments.only:
        claims += risk.measure(arguments.scratch)
    print("\n".join(claim.row() for claim in claims))
    return 0 if all(claim.met for claim in claims) else 1


if __name__ == "__main__":
    sys.exit(main())
