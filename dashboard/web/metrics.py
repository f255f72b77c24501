"""What a scraper of metrics gets at /metrics, and the line that each request leaves in the log.

Closed unless HUDDLEBOARD_METRICS_TOKEN is set and sent as a bearer token. Of requests the screen's name, never the address, is told.
"""

import hmac
import os
import time
from pathlib import Path

from flask import Flask, Response, current_app, g, request
from flask_login import current_user

from dashboard import logs, settings
from dashboard.build import publish
from dashboard.house import house
from dashboard.live import inbox

PATH = "/metrics"
QUIET = ("/version", "/healthz", "/readyz", PATH)  # asked all the time: counted, not logged
BUCKETS = (.01, .025, .05, .1, .2, .5, 1, 2.5, 5, 10)


class Metrics:
    """Counters of one application; with several processes each keeps files in PROMETHEUS_MULTIPROC_DIR, and any of them tells the sum."""

    def __init__(self):
        from prometheus_client import CollectorRegistry, Counter, Histogram
        self.registry = CollectorRegistry()
        self.requests = Counter("huddleboard_requests", "Requests answered.", ("screen", "status"), registry=self.registry)
        self.seconds = Histogram("huddleboard_request_seconds", "Seconds until a request was answered.", ("screen",), buckets=BUCKETS,
                                 registry=self.registry)

    def observe(self, screen: str, code: int, seconds: float) -> None:
        """Count one request."""
        self.requests.labels(screen, str(code)).inc()
        self.seconds.labels(screen).observe(seconds)

    def text(self, home: Path) -> bytes:
        """Everything in the text form of Prometheus."""
        from prometheus_client import CollectorRegistry, generate_latest, multiprocess
        registry = self.registry
        if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
            registry = CollectorRegistry()
            multiprocess.MultiProcessCollector(registry)
        return generate_latest(registry) + generate_latest(_of_home(home))


def _of_home(home: Path):
    """What is published and what waits, as it is now."""
    from prometheus_client import CollectorRegistry, Gauge
    registry, served = CollectorRegistry(), publish.served(home)
    told = {"inbox_deliveries": ("Deliveries that lie in the inbox.", inbox.waiting(home)),
            "publishing_held": ("1 while nothing is published until a person accepts.", int(publish.held(home) is not None))}
    if served:
        told |= {"version": ("Number of the published version.", int(publish.number(served))),
                 "published_timestamp_seconds": ("When it was published.", (home / "published" / served).stat().st_mtime)}
    for name, (words, value) in told.items():
        Gauge(f"huddleboard_{name}", words, registry=registry).set(value)
    return registry


def register(server: Flask) -> None:
    """Count and log every request of an application, and add /metrics."""
    try:
        server.extensions["metrics"] = Metrics()
    except ModuleNotFoundError:  # an older installation; `make install` brings it
        server.extensions["metrics"] = None
    server.add_url_rule(PATH, view_func=show)
    server.before_request(_begin)
    server.after_request(_end)


def _begin() -> None:
    g.began = time.perf_counter()


def _end(response: Response) -> Response:
    seconds, screen = time.perf_counter() - g.pop("began", time.perf_counter()), g.get("screen") or request.endpoint or "unknown"
    if metrics := _metrics():
        metrics.observe(screen, response.status_code, seconds)
    if request.path not in QUIET:
        logs.event("request", screen=screen, method=request.method, status=response.status_code, milliseconds=round(1000 * seconds, 1), role=_role())
    return response


def _metrics() -> Metrics | None:
    return current_app.extensions["metrics"]


def _role() -> str:
    """The role of who asks, as far as the request came to know it; asking the state database anew could fail in what is to be logged."""
    known = g.get("_login_user")
    return getattr(known, "role", "") if known is not None and current_user else ""


def show() -> Response | tuple:
    """The metrics, to who knows the token."""
    token, sent = settings.metrics_token(), request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not token or not hmac.compare_digest(sent.encode(), token.encode()):
        return "Metrics are for who has the token.\n", 401, {"Content-Type": "text/plain"}
    if _metrics() is None:
        return "prometheus-client is not installed: make install\n", 501, {"Content-Type": "text/plain"}
    return Response(_metrics().text(house().home), mimetype="text/plain; version=0.0.4")
