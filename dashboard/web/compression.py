"""Scripts and styles are compressed once and kept: compressing each answer would cost more than it saves."""

import functools
import gzip

from flask import Flask, Response, request

_PATHS = ("/assets/", "/_dash-component-suites/")


def register(server: Flask) -> None:
    """Send static text gzipped to browsers that take it."""

    @server.after_request
    def compress(response: Response) -> Response:
        static = request.path.startswith(_PATHS) and response.status_code == 200 and request.method == "GET"
        if static and "gzip" in request.headers.get("Accept-Encoding", "") and "Content-Encoding" not in response.headers:
            response.direct_passthrough = False
            response.set_data(_compressed(response.get_data()))
            response.headers["Content-Encoding"] = "gzip"
            response.vary.add("Accept-Encoding")
        return response


@functools.lru_cache(maxsize=64)
def _compressed(data: bytes) -> bytes:
    return gzip.compress(data, compresslevel=9, mtime=0)
