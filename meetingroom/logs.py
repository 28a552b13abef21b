"""Logs: one line an event with its cause; as text for people or JSON for collectors. No secret is ever passed to a log."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime

FIELDS = ("meeting", "version", "vote", "cause")


class Lines(logging.Formatter):
    """Control characters in what users wrote cannot make a second line (ASVS 16.4.1)."""

    def __init__(self, as_json: bool) -> None:
        super().__init__()
        self._as_json = as_json

    def format(self, record: logging.LogRecord) -> str:
        fields = {name: getattr(record, name) for name in FIELDS if hasattr(record, name)}
        if record.exc_info:
            fields["trace"] = self.formatException(record.exc_info)
        when = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {"at": when, "level": record.levelname, "from": record.name, "what": record.getMessage()} | fields
        if self._as_json:
            return json.dumps(line, ensure_ascii=False)
        trace = f"\n{fields.pop('trace')}" if "trace" in fields else ""
        rest = "".join(f" {name}={_one_line(value)}" for name, value in fields.items())
        return f"{when} {record.levelname:<7} {_one_line(record.getMessage())}{rest}{trace}"


def _one_line(value: object) -> str:
    return "".join(character if character.isprintable() else "�" for character in str(value))


def configure(level: str, form: str) -> None:
    """Everything to standard error; uvicorn's own lines through the same form."""
    out = logging.StreamHandler(sys.stderr)
    out.setFormatter(Lines(form == "json"))
    logging.basicConfig(level=level, handlers=[out], force=True)
    # uvicorn tells at INFO of every websocket that opens and closes.
    logging.getLogger("uvicorn.error").setLevel(max(logging.WARNING, logging.getLevelName(level)))
