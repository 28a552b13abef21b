"""Who is at a port of this machine."""

from __future__ import annotations

import contextlib
import http.client
import json
import socket
import ssl
from typing import Any

SECONDS = 5


def is_free(host: str, port: int) -> bool:
    """Whether a server could listen there. Raises PermissionError where this user may not."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)  # two may bind one address; only one listens
        except PermissionError:
            raise
        except OSError:
            return False
    return True


def health(host: str, port: int) -> dict[str, Any] | None:
    """What a server of ours says of itself there; None: it is none of ours. Only who is there is asked, so nobody vouches."""
    here = "127.0.0.1" if host in ("0.0.0.0", "") else host  # noqa: S104
    unchecked = ssl.create_default_context()
    unchecked.check_hostname, unchecked.verify_mode = False, ssl.CERT_NONE
    for line in (
        http.client.HTTPConnection(here, port, timeout=SECONDS),
        http.client.HTTPSConnection(here, port, timeout=SECONDS, context=unchecked),
    ):
        with contextlib.closing(line), contextlib.suppress(OSError, http.client.HTTPException, ValueError):
            line.request("GET", "/healthz")
            said = json.loads(line.getresponse().read(4096))
            if isinstance(said, dict) and {"database", "version"} <= said.keys():
                return said
    return None
