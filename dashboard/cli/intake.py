"""huddleboard intake: take in files of health plans and EHRs."""

import json
import sys

from dashboard.cli.options import add_home, home_of


def add_parser(subparsers) -> None:
    parser = subparsers.add_parser("intake", description="Take in files of health plans and EHRs. A folder is one delivery.")
    parser.add_argument("paths", nargs="+", metavar="PATH", help="a folder, or files")
    add_home(parser)
    parser.add_argument("--format", metavar="FORMAT", help="fhir-r4, fhir-bundles, tuva or synthea-csv (default: seen from the files)")
    parser.add_argument("--tenant", default="default", metavar="NAME", help="whose people these are (default: default)")
    parser.add_argument("--source", metavar="NAME", help="who sends (default: as the manifest, else the folder's name, says)")
    parser.add_argument("--dry-run", action="store_true", help="report only; also what the next build would refuse, by rule")
    parser.add_argument("--json", action="store_true", help="report as JSON")
    parser.set_defaults(handler=run)


def run(arguments) -> int:
    """Exit status 1 when a delivery is refused; what is held, waiting or a repetition is no error."""
    from dashboard.intake import intake
    report = intake(arguments.paths, home_of(arguments), arguments.format, arguments.tenant, arguments.source, arguments.dry_run)
    if arguments.json:
        print(json.dumps(report.as_dict(), indent=2, default=str))
    else:
        for delivery in report.deliveries:
            print("\n".join(delivery.lines()), file=sys.stderr if delivery.status == "refused" else sys.stdout)
    return 0 if report.ok else 1
