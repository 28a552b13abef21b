"""One wall more around the process that opens papers, where bubblewrap is installed: no network, no process but its own, every
file read-only and the folder of the installation out of sight. Unlike the walls of `sandbox` it needs no kernel of late."""

import shutil
import sys
from pathlib import Path

NAME = "bubblewrap"


def around(folder: Path) -> list[str]:
    """What a command begins with; empty where the program is missing. Whether the kernel lets it be built is seen then."""
    program = shutil.which("bwrap")
    if program is None:
        return []
    walls = [program, *"--unshare-all --die-with-parent --as-pid-1 --ro-bind / / --dev /dev --proc /proc".split()]
    hidden = folder.resolve()
    ours = [Path(each).resolve() for each in (sys.prefix, sys.base_prefix, *sys.path)]
    if not hidden.is_dir() or any(each.is_relative_to(hidden) for each in ours):
        return walls  # the program itself lies in it
    return [*walls, "--tmpfs", str(hidden)]
