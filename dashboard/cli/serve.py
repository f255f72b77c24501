"""huddleboard serve: the web application."""

from dashboard.cli.options import add_home, home_of


def add_parser(subparsers) -> None:
    parser = subparsers.add_parser("serve", description="Serve the web application until stopped.")
    add_home(parser)
    parser.add_argument("--port", type=int, default=8050, help="default: 8050")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1, this machine only)")
    parser.add_argument("--workers", type=int, metavar="N", help="processes (default: one a core)")
    parser.add_argument("--threads", type=int, default=8, metavar="N", help="requests at a time per process (default: 8)")
    parser.add_argument("--with-watch", action="store_true", help="refresh from the inbox too, in a process beside")
    parser.set_defaults(handler=run)


def run(arguments) -> None:
    from contextlib import nullcontext

    from dashboard.live.beside import watching
    from dashboard.web.server import serve
    print(f"Huddleboard at http://{arguments.host}:{arguments.port}", flush=True)
    with watching(home_of(arguments)) if arguments.with_watch else nullcontext():
        serve(home_of(arguments), arguments.port, arguments.host, arguments.workers, arguments.threads)
