"""Opaque tokens for people in URLs, bound to the viewer.

A token is 12 bytes of keyed BLAKE2b over (viewer, person), then the person number hidden under a pad that is keyed by those 12 bytes
(the SIV construction: the tag is the initialisation vector). The same person looks different to every viewer, nothing can be read
from a token, and a changed or borrowed one is refused. It is written in lower case: where mixed letters happen to spell "NaN", plotly's
encoder takes the page for one with numbers that JSON cannot hold and writes it twice.
"""

import base64
import binascii
import contextlib
import functools
import hashlib
import hmac
import os
import secrets
import tempfile
from pathlib import Path

from dashboard import settings

_TAG, _NUMBER = 12, 8


def secret_key(home: str | Path) -> bytes:
    """The key of this installation: HUDDLEBOARD_SECRET_KEY, else made once and kept readable by its owner only."""
    if given := settings.secret_key_text():
        return hashlib.sha256(given.encode()).digest()
    path = Path(home) / "secret_key"
    if not path.exists():
        with tempfile.NamedTemporaryFile("w", dir=home, encoding="ascii") as fresh:
            fresh.write(secrets.token_hex(32))
            fresh.flush()
            # A link appears whole or not at all, and the first of two processes wins.
            with contextlib.suppress(FileExistsError):
                os.link(fresh.name, path)
    return bytes.fromhex(path.read_text(encoding="ascii"))


def _tag(key: bytes, viewer_id: int, number: bytes) -> bytes:
    return hashlib.blake2b(viewer_id.to_bytes(8, "big") + number, key=key, person=b"patient", digest_size=_TAG).digest()


def _hidden(key: bytes, tag: bytes, number: bytes) -> bytes:
    pad = hashlib.blake2b(tag, key=key, person=b"pad", digest_size=_NUMBER).digest()
    return bytes(a ^ b for a, b in zip(number, pad, strict=True))


@functools.lru_cache(maxsize=20_000)  # a page names the same patient several times
def token_of(key: bytes, viewer_id: int, person: int) -> str:
    """The token of a person for a viewer."""
    number = person.to_bytes(_NUMBER, "big")
    tag = _tag(key, viewer_id, number)
    return base64.b32encode(tag + _hidden(key, tag, number)).decode().lower()


def person_of(key: bytes, viewer_id: int, token: str) -> int | None:
    """The person of a token; None when it was made for another viewer, changed or made up."""
    try:
        raw = base64.b32decode(str(token).upper())
    except (binascii.Error, ValueError):
        return None
    tag, number = raw[:_TAG], _hidden(key, raw[:_TAG], raw[_TAG:]) if len(raw) == _TAG + _NUMBER else b""
    if not number or token != token.lower() or not hmac.compare_digest(tag, _tag(key, viewer_id, number)):
        return None
    return int.from_bytes(number, "big")
