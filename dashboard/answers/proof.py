"""Proof files: kept in the home directory under a name of ours, known by what they are and not by what they are called."""

import os
import secrets
from pathlib import Path

MOST_BYTES = 5 << 20
# First bytes -> (ending, media type). What a browser might run (HTML, SVG) is no proof.
SHAPES = {b"%PDF-": ("pdf", "application/pdf"), b"\x89PNG\r\n\x1a\n": ("png", "image/png"), b"\xff\xd8\xff": ("jpg", "image/jpeg")}
TYPES = dict(SHAPES.values())


class NoProof(ValueError):
    """A file that cannot be taken as proof; says why in words."""


def keep(home: Path, content: bytes) -> str:
    """Keep a file; gives its name. NoProof when it is empty, too large or neither PDF, PNG nor JPEG."""
    if len(content) > MOST_BYTES:
        raise NoProof(f"The file is larger than {MOST_BYTES >> 20} MB.")
    ending = next((ending for start, (ending, _) in SHAPES.items() if content.startswith(start)), None)
    if ending is None:
        raise NoProof("The file is no PDF, PNG or JPEG.")
    folder = home / "proof"
    folder.mkdir(mode=0o700, exist_ok=True)
    name = f"{secrets.token_hex(16)}.{ending}"
    with (folder / f"{name}.part").open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(folder / f"{name}.part", folder / name)
    return name


def read(home: Path, name: str) -> tuple[bytes, str]:
    """(content, media type) of a kept file; FileNotFoundError when there is none of that name."""
    stem, _, ending = name.partition(".")
    if not (len(stem) == 32 and set(stem) <= set("0123456789abcdef") and ending in TYPES):
        raise FileNotFoundError(name)
    return (home / "proof" / name).read_bytes(), TYPES[ending]
