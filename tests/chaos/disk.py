"""Faults of disk and clock around a real server (faults.c): switched on and off while it runs, and what a power cut leaves."""

from __future__ import annotations

import mmap
import os
import random
import shutil
import struct
import subprocess
import tempfile
from pathlib import Path

SOURCE = Path(__file__).with_name("faults.c")
FIELDS = ("full", "read_only", "writes", "syncs", "slow", "countdown", "operations", "clock")
SECTOR = 512


class Missing(Exception):
    """Something this machine does not have; the text says what."""


def compiled(folder: Path) -> Path:
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        raise Missing("no C compiler (cc): faults of disk and clock cannot be made")
    made = folder / "faults.so"
    if not made.exists():
        command = [compiler, "-O1", "-shared", "-fPIC", "-w", "-o", made, SOURCE, "-ldl"]
        subprocess.run(command, check=True)
    return made


class Disk:
    """The disk and the clock of one server; `environment` is what it is started with."""

    def __init__(self, folder: Path, power: bool = False) -> None:
        self.data, self.durable = folder / "data", folder / "durable"
        control = folder / "control"
        control.write_bytes(bytes(8 * len(FIELDS)))
        with control.open("r+b") as file:
            self._control = mmap.mmap(file.fileno(), 0)
        self.environment = {
            "LD_PRELOAD": str(compiled(folder)),
            "FAULTS_CONTROL": str(control),
            "FAULTS_DATA": str(self.data),
            "FAULTS_DURABLE": str(self.durable) if power else "",
        }
        if power:
            self._all_is_durable()

    def set(self, **values: int) -> None:
        for name, value in values.items():
            struct.pack_into("q", self._control, 8 * FIELDS.index(name), value)

    def get(self, name: str) -> int:
        return int(struct.unpack_from("q", self._control, 8 * FIELDS.index(name))[0])

    def heal(self) -> None:
        self.set(full=0, read_only=0, writes=0, syncs=0, slow=0, countdown=0)

    def _all_is_durable(self) -> None:
        """What was there before the server has long been written back."""
        shutil.rmtree(self.durable, ignore_errors=True)
        self.durable.mkdir()
        for folder in [self.data, *(path for path in self.data.rglob("*") if path.is_dir())]:
            files = [path for path in folder.iterdir() if path.is_file()]
            for path in files:
                shutil.copy(path, self.durable / f"i{path.stat().st_ino}")
            name = "n" + str(folder).removeprefix(str(self.data)).replace("/", "%")
            (self.durable / name).write_text("".join(f"{path.stat().st_ino} {path.name}\n" for path in files))

    def cut_power(self, chance: random.Random) -> None:
        """The server was killed: of what it had not synced all is lost, or any half of it, sector by sector."""
        half = chance.random() < 0.5
        with tempfile.TemporaryDirectory(dir=self.data.parent) as place:
            left = Path(place) / "data"
            left.mkdir(mode=0o700)
            for listed in self.durable.glob("n*"):
                folder = Path(listed.name[1:].replace("%", "/").lstrip("/"))
                names = dict(reversed(line.split(" ", 1)) for line in listed.read_text().splitlines())
                live = {p.name: str(p.stat().st_ino) for p in (self.data / folder).glob("*") if p.is_file()}
                for name in sorted(names.keys() | (live.keys() if half else set())):
                    if not name.endswith("-shm") and (name in names or chance.random() < 0.5):
                        bytes_left = self._left(folder / name, names.get(name) or live[name], half, chance)
                        (left / folder).mkdir(parents=True, exist_ok=True, mode=0o700)
                        (left / folder / name).write_bytes(bytes_left)
            shutil.rmtree(self.data)
            os.rename(left, self.data)
        self._all_is_durable()

    def _left(self, name: Path, inode: str, half: bool, chance: random.Random) -> bytes:
        image, live = self.durable / f"i{inode}", self.data / name
        safe = image.read_bytes() if image.exists() else b""
        if not half or not live.exists() or live.stat().st_ino != int(inode):
            return safe
        new = live.read_bytes()
        end = chance.choice((len(safe), len(new)))
        sectors = [chance.choice((safe, new))[at : at + SECTOR].ljust(SECTOR, b"\0") for at in range(0, end, SECTOR)]
        return b"".join(sectors)[:end]
