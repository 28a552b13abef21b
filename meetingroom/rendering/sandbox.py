"""Locks a process in before it opens a paper: it may compute and write to the pipes it holds, nothing else.

Linux offers several walls, and not every machine has all of them; `enter` raises those it can and names them.
No wall here needs root or a package.
"""

import contextlib
import ctypes
import os
import platform
import resource
import struct

libc = ctypes.CDLL(None, use_errno=True)

PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 22, 2
PR_SET_NO_NEW_PRIVS = 38
LANDLOCK_CREATE_RULESET, LANDLOCK_RESTRICT_SELF = 444, 446  # the same numbers on every architecture
LANDLOCK_ABI = 1  # as a flag of create_ruleset: which version the kernel has

# Numbers on x86_64 and aarch64 of the calls a drawing process needs; every other call fails with EPERM:
# no file is opened, no socket made, no program started, no other process touched.
ALLOWED_CALLS = {
    "read": (0, 63),
    "write": (1, 64),
    "close": (3, 57),
    "fstat": (5, 80),
    "lseek": (8, 62),
    "mmap": (9, 222),
    "mprotect": (10, 226),
    "munmap": (11, 215),
    "brk": (12, 214),
    "rt_sigaction": (13, 134),
    "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139),
    "mremap": (25, 216),
    "madvise": (28, 233),
    "nanosleep": (35, 101),
    "getpid": (39, 172),
    "exit": (60, 93),
    "gettid": (186, 178),
    "futex": (202, 98),
    "restart_syscall": (219, 128),
    "clock_gettime": (228, 113),
    "clock_nanosleep": (230, 115),
    "exit_group": (231, 94),
    "getrandom": (318, 278),
}
AUDIT_ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}


def enter(memory: int, cpu_seconds: int) -> list[str]:
    """Raise every wall this machine has, for ever, around this process. Returns their names."""
    walls = {
        "limits": lambda: limit(memory, cpu_seconds),
        "no-new-privileges": forbid_privileges,
        "landlock": close_files_and_network,
        "seccomp": allow_only_known_calls,
    }
    return [name for name, raise_wall in walls.items() if raise_wall()]


def limit(memory: int, cpu_seconds: int) -> bool:
    for what, most in {
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_CPU: cpu_seconds,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NOFILE: 16,
        resource.RLIMIT_NPROC: 0,
        resource.RLIMIT_CORE: 0,
    }.items():
        hardest = resource.getrlimit(what)[1]
        most = most if hardest == resource.RLIM_INFINITY else min(most, hardest)
        resource.setrlimit(what, (most, most))
    with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w") as score:
        score.write("1000")  # if the machine runs out of memory, this process goes first and the meeting goes on
    return True


def forbid_privileges() -> bool:
    return bool(libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0)


def close_files_and_network() -> bool:
    """Landlock without a single rule: no file can be opened, whatever the process is owned by."""
    version = libc.syscall(LANDLOCK_CREATE_RULESET, None, 0, LANDLOCK_ABI)
    if version < 1:
        return False
    files = (1 << (13 if version < 2 else 14 if version < 3 else 15 if version < 5 else 16)) - 1
    network = 0b11 if version >= 4 else 0  # bind and connect
    scopes = 0b11 if version >= 6 else 0  # abstract sockets and signals beyond this process
    handled = struct.pack("QQQ", files, network, scopes)[: 8 if version < 4 else 16 if version < 6 else 24]
    ruleset = libc.syscall(LANDLOCK_CREATE_RULESET, handled, len(handled), 0)
    if ruleset < 0:
        return False
    try:
        return bool(libc.syscall(LANDLOCK_RESTRICT_SELF, ruleset, 0) == 0)
    finally:
        os.close(ruleset)


def allow_only_known_calls() -> bool:
    machine = platform.machine()
    if machine not in AUDIT_ARCH:
        return False
    column = list(AUDIT_ARCH).index(machine)
    program = call_filter(AUDIT_ARCH[machine], [numbers[column] for numbers in ALLOWED_CALLS.values()])
    code = ctypes.create_string_buffer(program)
    header = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(code))
    return bool(libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, header, 0, 0) == 0)


def call_filter(architecture: int, allowed: list[int]) -> bytes:
    """The filter as classic BPF: (code, jump if true, jump if false, constant) an instruction."""
    load, equals, answer = 0x20, 0x15, 0x06
    allow, forbid = 0x7FFF0000, 0x00050001  # SECCOMP_RET_ALLOW; SECCOMP_RET_ERRNO with EPERM
    count = len(allowed)
    steps = [(load, 0, 0, 4), (equals, 0, count + 1, architecture), (load, 0, 0, 0)]
    steps += [(equals, count - place, 0, number) for place, number in enumerate(allowed)]
    steps += [(answer, 0, 0, forbid), (answer, 0, 0, allow)]
    return b"".join(struct.pack("HBBI", *step) for step in steps)
