"""huddleboard versions: what can be served here, and what a person decides about it."""

from dashboard.cli.options import add_home, home_of


def add_parser(subparsers) -> None:
    parser = subparsers.add_parser("versions", description="List the published versions; take the newest back, or accept one that waits.")
    add_home(parser)
    decision = parser.add_mutually_exclusive_group()
    decision.add_argument("--roll-back", action="store_true", help="serve the version before; nothing new is published until you accept")
    decision.add_argument("--accept", action="store_true", help="publish again, even if numbers fall by it")
    parser.set_defaults(handler=run)


def run(arguments) -> None:
    from dashboard.build import publish
    home = home_of(arguments)
    if arguments.roll_back:
        print(f"version {publish.roll_back(home)} is served; nothing new is published until `huddleboard versions --accept`")
    elif arguments.accept:
        print(f"accepted: {publish.accept(home) or 'nothing was waiting'}")
    else:
        served = publish.served(home)
        print("\n".join(f"{'*' if path.name == served else ' '} {path.name}  {path.stat().st_size / 1e6:,.1f} MB" for path in publish.versions(home)))
        if why := publish.held(home):
            print(f"nothing is published: {why}")
