"""Two processes that answer with their number, served as the application is: pid_server.py HOME PORT."""

import os
import sys
from pathlib import Path

from dashboard.web.server import Server, options


class Numbers(Server):
    """In place of the application, one that takes no time to start."""

    def load(self):
        def application(_environ, start_response):
            body = str(os.getpid()).encode()
            start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
            return [body]
        return application


if __name__ == "__main__":
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = sys.argv[1]
    Numbers(Path(sys.argv[1]), options(f"127.0.0.1:{sys.argv[2]}", workers=2, threads=4)).run()
