"""huddleboard backup: a copy of the home directory while it is in use."""

from pathlib import Path

from dashboard.cli.options import add_home, home_of


def add_parser(subparsers) -> None:
    parser = subparsers.add_parser("backup", description="Copy what is accepted, written and served, of one moment, while everything runs on. "
                                                         "A state database outside the home directory (PostgreSQL) is backed up by its own tools.")
    add_home(parser)
    parser.add_argument("--to", required=True, type=Path, metavar="DIR", help="a new folder")
    parser.set_defaults(handler=run)


def run(arguments) -> None:
    from dashboard.live.backup import backup
    print(backup(home_of(arguments), arguments.to.absolute()))
