"""Whether files are still what they were, without reading them: a process reads what is in them once and looks at their stamps after that."""

import os
from pathlib import Path

Stamp = tuple[tuple[str, int, int], ...]


def stamp(*folders: Path, ends: tuple[str, ...] = ("",), without: tuple[str, ...] = ()) -> Stamp:
    """(path, bytes, nanosecond of the last change) of every file below the folders, sorted; of names that end so, without folders of these names."""
    found = []
    for folder in folders:
        for place, names, files in os.walk(folder):
            names[:] = [name for name in names if name not in without]
            for path in (os.path.join(place, file) for file in files if file.endswith(ends)):
                seen = os.stat(path)
                found.append((path, seen.st_size, seen.st_mtime_ns))
    return tuple(sorted(found))
