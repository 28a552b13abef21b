"""python -m meetingroom.signatures [--over BYTES] PDF [ROOT …]: JSON on standard output. Whatever a PDF does, it does it here.

With --over: whether to its first bytes nothing but signatures was added. With --seal CERTIFICATE: the PDF of standard input
sealed; its password is in the environment, where no list of processes shows it.
"""

from __future__ import annotations

import json
import logging
import os
import resource
import sys
from pathlib import Path

from meetingroom.signatures.adding import only_signed
from meetingroom.signatures.apart import IN_ENVIRONMENT
from meetingroom.signatures.reading import signatures
from meetingroom.signatures.sealing import sealed

MEMORY = 1 << 30
SECONDS = 60


def main() -> None:
    logging.disable(logging.CRITICAL)  # a chain that does not end in a trusted root is an answer here, not a fault
    os.nice(10)  # the meeting goes first
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    match sys.argv[1:]:
        case ["--over", length, file]:
            with Path(file).open("rb") as opened:
                found: object = only_signed(opened, int(length))
        case ["--seal", certificate]:
            password = os.environ.get(IN_ENVIRONMENT, "")
            sys.stdout.buffer.write(sealed(sys.stdin.buffer.read(), Path(certificate), password))
            return
        case [file, *roots]:
            with Path(file).open("rb") as opened:
                found = signatures(opened, [Path(root).read_bytes() for root in roots])
        case _:
            sys.exit(__doc__)
    sys.stdout.write(json.dumps(found, ensure_ascii=False))


main()
