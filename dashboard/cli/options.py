"""Options that several sub-commands share."""

import argparse
from datetime import date
from pathlib import Path

from dashboard.settings import home_directory


def add_home(parser: argparse.ArgumentParser) -> None:
    """--home, else HUDDLEBOARD_HOME, else data/home of the checkout."""
    parser.add_argument("--home", type=home_directory, default=None, metavar="DIR",
                        help="home directory (default: HUDDLEBOARD_HOME, else data/home)")


def home_of(arguments: argparse.Namespace) -> Path:
    """The home directory that a command line means."""
    return arguments.home or home_directory()


def a_date(text: str) -> date:
    """A day as YYYY-MM-DD."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day; write YYYY-MM-DD") from None


def a_period(text: str) -> tuple[date, date]:
    """A period as FIRST:LAST, both days included."""
    first, _, last = text.partition(":")
    period = a_date(first), a_date(last)
    if period[0] > period[1]:
        raise argparse.ArgumentTypeError(f"{text!r} ends before it begins")
    return period
