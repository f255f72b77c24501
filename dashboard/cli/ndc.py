"""huddleboard ndc import: an NDC to RxNorm crosswalk of one's own."""

import dataclasses
import json
from pathlib import Path

from dashboard.cli.options import add_home, home_of


def add_parser(subparsers) -> None:
    parser = subparsers.add_parser("ndc", description="Which drug an NDC of a pharmacy claim is: the crosswalk to RxNorm.")
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    action = actions.add_parser("import", description=(
        "Load a crosswalk from RxNorm's release files (RXNSAT.RRF, with RXNREL.RRF for brands and RXNCONSO.RRF for names) "
        "and the text files of the FDA's NDC directory (package.txt)."))
    action.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="the files, or folders that hold them")
    action.add_argument("--json", action="store_true", help="print the counts as JSON")
    add_home(action)
    action.set_defaults(handler=run)


def run(arguments) -> None:
    from dashboard.reference.ndc import import_ndc
    imported = import_ndc(arguments.paths, home_of(arguments))
    if arguments.json:
        print(json.dumps(dataclasses.asdict(imported)))
        return
    print(f"{imported.ndcs:,} NDCs, {imported.wanted:,} of them drugs that measures ask for. The next build uses them.")
    if imported.unknown_packages:
        print(f"{imported.unknown_packages:,} packages of the FDA's directory stay unknown: RxNorm knows no package of their product.")
    if imported.names:
        print(f"{imported.names:,} drug names for the screens.")
