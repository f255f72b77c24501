"""huddleboard: finds the sub-command's module, runs it, and turns errors into words and an exit status."""

import argparse
import importlib
import os
import sys

from dashboard.errors import HuddleboardError

# Sub-command -> its module and what it does. Only the module of the command that is called is imported:
# `evaluate` need not wait for the web packages, and one broken part does not break the others.
COMMANDS = {
    "demo": ("dashboard.cli.demo", "synthetic data, build, accounts and the web application, in one go"),
    "generate": ("dashboard.cli.generate", "write a synthetic extract"),
    "intake": ("dashboard.cli.intake", "take in files of health plans and EHRs, checked row by row"),
    "build": ("dashboard.cli.build", "compute every measure of every person, check and publish"),
    "refresh": ("dashboard.cli.refresh", "take in what lies in the inbox and publish what it changes"),
    "watch": ("dashboard.cli.watch", "the same as files land, until stopped"),
    "versions": ("dashboard.cli.versions", "which versions are here; take the newest back, or accept one that waits"),
    "backup": ("dashboard.cli.backup", "copy a home directory while it is in use"),
    "restore": ("dashboard.cli.restore", "make a home directory of a backup"),
    "status": ("dashboard.cli.status", "what is published here, and what has arrived"),
    "results": ("dashboard.cli.results", "write every (measure, rate, person) with its status to a file"),
    "serve": ("dashboard.cli.serve", "serve the web application"),
    "evaluate": ("dashboard.cli.evaluate", "run one official measure over test patients"),
    "users": ("dashboard.cli.users", "accounts, roles and scopes"),
    "ndc": ("dashboard.cli.ndc", "load an NDC to RxNorm crosswalk"),
    "risk": ("dashboard.cli.risk", "score people of two files by a CMS risk model"),
    "risk-tables": ("dashboard.cli.risk_tables", "load the tables of the risk models"),
    "predict": ("dashboard.cli.predict", "predict admissions and emergency visits: train, score, report"),
    "value-sets": ("dashboard.cli.value_sets", "load value sets of their owners, or tell what differs between two"),
}


def main(arguments: list[str] | None = None) -> int:
    """Run a command line; gives the exit status: 0 well, 1 something the user can put right, 2 a wrong command line."""
    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        parsed = _parser(arguments).parse_args(arguments)
        return parsed.handler(parsed) or 0
    except HuddleboardError as error:
        print(f"huddleboard: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        print("huddleboard: stopped.", file=sys.stderr)
        return 130


def _parser(arguments: list[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="huddleboard", description="Care gaps of a physician's own patients.")
    subparsers = parser.add_subparsers(metavar="COMMAND", required=True)
    wanted = next((word for word in arguments if not word.startswith("-")), None)
    if wanted in COMMANDS:
        importlib.import_module(COMMANDS[wanted][0]).add_parser(subparsers)
    else:
        for name, (_, does) in COMMANDS.items():
            subparsers.add_parser(name, help=does)
    return parser


if __name__ == "__main__":
    sys.exit(main())
