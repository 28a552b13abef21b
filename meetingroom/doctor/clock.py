"""The clock of this machine: whether something sets it."""

from __future__ import annotations

import ctypes

UNSET = 5  # TIME_ERROR of adjtimex(2): nothing has set this clock lately


def is_set() -> bool | None:
    """Whether chrony, ntpd, systemd-timesyncd or the host keeps it right; None where the kernel does not say."""
    nothing_to_change = ctypes.create_string_buffer(512)  # larger than any struct timex; its modes are 0
    try:
        state = ctypes.CDLL(None).adjtimex(nothing_to_change)
    except (AttributeError, OSError):
        return None
    return None if state < 0 else bool(state != UNSET)
