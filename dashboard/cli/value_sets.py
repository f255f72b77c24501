"""huddleboard value-sets import, diff: value sets of one's own over those that are shipped."""

import argparse
import dataclasses
import json
from pathlib import Path

from dashboard.cli.options import add_home, home_of

SHOWN = 20


def add_parser(subparsers) -> None:
    parser = subparsers.add_parser("value-sets", description="Which codes mean what: value sets of their owners in the place of those shipped.")
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    action = actions.add_parser("import", description=(
        "Load value sets from a CSV (oid, value_set_name, code_system, code, release), VSAC expansions (FHIR ValueSet or Bundle, JSON) or a "
        "value set directory (xlsx). The next build uses them."))
    action.add_argument("file", type=Path, metavar="FILE")
    action.add_argument("--set-version", metavar="TEXT", help="the version to record, where the file does not say it")
    action.add_argument("--source", metavar="TEXT", help="where the file is from, to record (without it its name)")
    action.add_argument("--release", metavar="NAME", help="of a CSV with several releases, the one to take (without it the highest)")
    _add_columns(action)
    action.add_argument("--json", action="store_true", help="print what changed as JSON")
    add_home(action)
    action.set_defaults(handler=run_import)
    action = actions.add_parser("diff", description="What differs between two files of value sets, or two folders of concepts.")
    action.add_argument("old", type=Path, metavar="OLD")
    action.add_argument("new", type=Path, metavar="NEW")
    _add_columns(action)
    action.add_argument("--json", action="store_true", help="print the differences as JSON")
    action.set_defaults(handler=run_diff)


def _add_columns(action) -> None:
    action.add_argument("--columns", type=_columns, metavar="WHAT=HEADING,...",
                        help="headings of oid, name, system, code and version that are not the usual ones")


def _columns(text: str) -> dict[str, str]:
    pairs = dict(part.partition("=")[::2] for part in text.split(","))
    unknown = set(pairs) - {"oid", "name", "system", "code", "version"}
    if unknown or not all(pairs.values()):
        raise argparse.ArgumentTypeError(f"{text!r}: say for instance oid=Value Set OID,code=Code")
    return pairs


def run_import(arguments) -> None:
    from dashboard.reference.value_set_import import import_value_sets
    imported = import_value_sets(arguments.file, home_of(arguments), version=arguments.set_version, source=arguments.source,
                                 columns=arguments.columns, release=arguments.release)
    if arguments.json:
        print(json.dumps([dataclasses.asdict(one) for one in imported]))
        return
    changed = [one for one in imported if one.added or one.removed]
    print(f"{len(imported):,} concepts hold the codes of this file; {len(changed):,} of them changed. The next build uses them.")
    for one in changed[:SHOWN]:
        print(f"  {one.concept}: {one.codes:,} codes, {one.added:,} added, {one.removed:,} removed")
    if len(changed) > SHOWN:
        print(f"  and {len(changed) - SHOWN:,} more (--json names all)")


def run_diff(arguments) -> None:
    from dashboard.reference.value_set_import import diff_value_sets
    differences = diff_value_sets(arguments.old, arguments.new, arguments.columns)
    if arguments.json:
        print(json.dumps([dataclasses.asdict(one) for one in differences]))
        return
    for one in differences:
        where = f" (only in the {one.only_in} one)" if one.only_in else ""
        print(f"{one.name} {one.title}".strip() + where)
        for sign, codes in (("+", one.added), ("-", one.removed)):
            more = f" and {len(codes) - SHOWN:,} more" if len(codes) > SHOWN else ""
            if codes:
                print(f"  {sign} {', '.join(codes[:SHOWN])}{more}")
    print(f"{len(differences):,} value sets differ.")
