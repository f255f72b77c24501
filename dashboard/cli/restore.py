"""huddleboard restore: a home directory of a backup."""

from pathlib import Path

from dashboard.cli.options import add_home, home_of


def add_parser(subparsers) -> None:
    parser = subparsers.add_parser("restore", description="Make a home directory, new or empty, of what `huddleboard backup` copied.")
    add_home(parser)
    parser.add_argument("--from", required=True, dest="source", type=Path, metavar="DIR", help="the folder of the backup")
    parser.set_defaults(handler=run)


def run(arguments) -> None:
    from dashboard.live.backup import restore
    print(restore(arguments.source.absolute(), home_of(arguments)))
