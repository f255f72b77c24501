"""Security headers on every answer."""

from dash import Dash
from flask import Flask, Response, request

from dashboard import settings

_FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",  # a patient's URL must not travel to another site
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_POLICY = ("default-src 'self'; script-src 'self' {hashes}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
           "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'")


def register(server: Flask, app: Dash) -> None:
    """Add the headers after every request."""
    policy: list[str] = []

    @server.after_request
    def add_headers(response: Response) -> Response:
        if not policy:  # Dash knows its inline scripts only after the first request has set it up
            app._setup_server()
            policy.append(_POLICY.format(hashes=" ".join(f"'{value.strip(chr(39))}'" for value in app.csp_hashes())))
        response.headers.update(_FIXED)
        response.headers["Content-Security-Policy"] = policy[0]
        if settings.behind_https():
            response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        if not request.path.startswith(("/assets/", "/_dash-component-suites/")):
            response.headers["Cache-Control"] = "no-store"  # a shared computer must not show a page again after sign-out
        return response
