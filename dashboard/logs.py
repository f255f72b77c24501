"""Structured logs: one JSON object a line, without anything that could tell of a person.

Messages of libraries may quote a record, an address or a statement, so of a record that is not ours only its template, kind and place are
written, never the values put into it. Our own lines say what `event` is given: names of screens, counts, seconds.
"""

import json
import logging
from datetime import UTC, datetime
from pathlib import Path

OURS = logging.getLogger("huddleboard")
TOLD = "told"  # the attribute under which our own lines carry their values


class JsonLines(logging.Formatter):
    """A record as one line: at (UTC), level, event, and what we told; of a fault its kind and the place in our files."""

    def format(self, record: logging.LogRecord) -> str:
        told = getattr(record, TOLD, None)
        line = {"at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"), "level": record.levelname.lower()}
        line |= {"event": record.msg, **told} if told is not None else {"event": "message", "logger": record.name, "template": str(record.msg)[:200]}
        if told is None and not record.args:
            line["template"] = ""  # words that are put together already may hold anything
        if record.exc_info and record.exc_info[1] is not None:
            line |= {"fault": record.exc_info[0].__name__, "where": _place(record.exc_info[2])}
        return json.dumps(line, default=str)


def _place(trace) -> str:
    """File and line of the innermost frame."""
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace is not None else ""


def event(name: str, level: int = logging.INFO, fault: BaseException | None = None, **told) -> None:
    """Write a line. told: names of ours, counts, seconds; never a name, id, address or text of a person."""
    OURS.log(level, name, extra={TOLD: told}, exc_info=fault)


def write_json(*names: str) -> None:
    """Have the root logger and the named ones, and ours, write JSON lines to standard error."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    for logger in (logging.getLogger(), *map(logging.getLogger, names)):
        logger.handlers = [handler]
        logger.propagate = False
    OURS.handlers, OURS.propagate = [handler], False
    OURS.setLevel(logging.INFO)
