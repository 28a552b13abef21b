"""Logs: one line an event with its cause; as text for people or JSON for collectors. No secret is ever passed to a log."""

from __future__ import annotations

import json
import logging
import logging.handlers
import os
import queue
import socket
import sys
from collections.abc import Callable
from datetime import UTC, datetime

AUDIT = "meetingroom.audit"  # who signed in, who failed: also for a collector of the agency
TOLD = ("actor", "about", "meeting", "address", "text")
UNSENT = 1000  # lines waiting for a collector above which new ones are left out: they are in the audit log all the same
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


def audit_to(address: str) -> Callable[[], None]:
    """Lines of the audit log also to a syslog collector (HOST:PORT by UDP, or the path of a local socket); empty: to none.

    From a thread of their own: a collector that is away, or a name nobody resolves, holds up nobody. What is returned sends
    those that still wait, and ends.
    """
    audit = logging.getLogger(AUDIT)
    audit.propagate = False
    audit.setLevel(logging.INFO)
    audit.handlers = [logging.NullHandler()]
    if not address:
        return lambda: None
    waiting: queue.Queue[logging.LogRecord] = queue.Queue(UNSENT)
    audit.handlers = [_Waiting(waiting)]
    sending = logging.handlers.QueueListener(waiting, _Collector(address))
    sending.start()
    return sending.stop


class _Waiting(logging.handlers.QueueHandler):
    def handleError(self, record: logging.LogRecord) -> None:
        """The queue is full."""


class _Collector(logging.Handler):
    """Connects at the first line, and again after one that could not be sent."""

    def __init__(self, address: str) -> None:
        super().__init__()
        host, _, port = address.rpartition(":")
        self._address = address if address.startswith("/") else (host.strip("[]"), int(port))
        self._syslog: logging.handlers.SysLogHandler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        try:
            if self._syslog is None:
                self._syslog = _Syslog(self._address, logging.handlers.SysLogHandler.LOG_AUTHPRIV)
                self._syslog.setFormatter(Structured())
            self._syslog.emit(record)
        except OSError as error:
            self._syslog = None
            logging.getLogger(__name__).warning("audit line not sent to syslog", extra={"cause": repr(error)[:200]})


class _Syslog(logging.handlers.SysLogHandler):
    append_nul = False

    def handleError(self, record: logging.LogRecord) -> None:
        error = sys.exc_info()[1]
        if isinstance(error, OSError):
            raise error
        super().handleError(record)


class Structured(logging.Formatter):
    """RFC 5424, after the priority: version, time, host, program, process, kind, and what is told as structured data."""

    def format(self, record: logging.LogRecord) -> str:
        when = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        told = ((name, str(getattr(record, name, ""))) for name in TOLD)
        data = "".join(f' {name}="{_quoted(value)}"' for name, value in told if value)
        kind = record.getMessage()
        # 32473 is the number for those who have none of their own (RFC 5612)
        return f"1 {when} {socket.gethostname() or '-'} meetingroom {os.getpid()} {kind} [audit@32473{data}] {kind}"


def _quoted(value: str) -> str:
    """As RFC 5424, section 6.3.3, asks."""
    return _one_line(value).replace("\\", "\\\\").replace('"', '\\"').replace("]", "\\]")
