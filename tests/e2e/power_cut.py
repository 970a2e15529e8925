"""Power cuts, simulated from what a process really asked its system to do.

A writer runs under strace. From its system calls follows what a disk may have after a power cut at any moment: whatever
was synced, and any part of what was not. Of a file's writes since its last sync, each block of 4096 bytes may be there,
missing, or torn at a sector of 512 bytes; a file's new length may be missing; and each name in the folder may be as it
was after any of its changes since the folder was last synced. That is no kinder than any file system.
"""

import random
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

_BLOCK, _SECTOR = 4096, 512
_CALLS = "openat,close,pwrite64,write,fsync,fdatasync,ftruncate,unlink,unlinkat,rename,renameat,link,linkat"
_LINE = re.compile(r"(\w+)\((.*)\)\s+= (-?\d+)")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


class Call(NamedTuple):
    """A system call that succeeded: its name, its texts, its numbers, and what it returned."""

    name: str
    texts: list[bytes]
    numbers: list[int]
    result: int


def record_calls(script: str, arguments: Sequence[str], log: Path) -> list[Call]:
    """Run a Python script under strace, and return its system calls on files."""
    strace = ["strace", "-qq", "-xx", "-s", "2000000", "-e", f"trace={_CALLS}", "-o", str(log)]
    command = [*strace, sys.executable, "-c", script, *arguments]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, timeout=600)
    return list(_parse(log.read_text(encoding="ascii")))


def _parse(log: str) -> Iterator[Call]:
    for line in log.splitlines():
        found = _LINE.match(line)
        if found and int(found[3]) >= 0:
            texts = [bytes.fromhex(text.replace("\\x", "")) for text in _TEXT.findall(found[2])]
            bare = _TEXT.sub("", found[2]).replace("AT_FDCWD", "")
            flags = [part.strip() for part in bare.split(",")]
            numbers = [int(part) for part in flags if re.fullmatch(r"\d+", part)]
            if found[1] == "openat":
                numbers = [int("O_CREAT" in bare), int("O_TRUNC" in bare)]
            yield Call(found[1], texts, numbers, int(found[3]))


class _File:
    """The content of a file in memory, what of it is on the disk, and the writes since."""

    def __init__(self) -> None:
        self.synced = b""
        self.pending: list[tuple[int, bytes] | int] = []
        """Writes as offset and data, or new lengths."""

    def sync(self) -> None:
        """Bring everything to the disk."""
        self.synced = self.content(None)
        self.pending = []

    def content(self, dice: random.Random | None) -> bytes:
        """Return what the disk has after a power cut, or the whole content without dice."""
        content = bytearray(self.synced)
        for change in self.pending:
            if isinstance(change, int):
                if dice is None or dice.random() < 0.5:
                    del content[change:]
                    content.extend(bytes(change - len(content)))
                continue
            offset, data = change
            for start, part in _blocks(offset, data):
                kept = part if dice is None else _surviving(part, dice)
                if kept:
                    content.extend(bytes(max(0, start + len(kept) - len(content))))
                    content[start : start + len(kept)] = kept
        return bytes(content)


def _blocks(offset: int, data: bytes) -> Iterator[tuple[int, bytes]]:
    end = offset + len(data)
    while offset < end:
        following = min(end, (offset // _BLOCK + 1) * _BLOCK)
        yield offset, data[: following - offset]
        data, offset = data[following - offset :], following


def _surviving(part: bytes, dice: random.Random) -> bytes:
    match dice.randrange(5):
        case 0 | 1:
            return part
        case 2 | 3:
            return b""
        case _:
            return part[: dice.randrange(0, len(part) + 1, _SECTOR)]


class Disk:
    """A folder on a disk, as the system calls of one process change it.

    Args:
        folder: The folder that the process wrote to.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = str(folder).encode()
        self._handles: dict[int, _File | None] = {}
        self._names: dict[bytes, _File] = {}
        self._changes: dict[bytes, list[_File | None]] = {}
        """What each name was after each change since the folder was synced; the first is what is on the disk."""
        self.acknowledged: list[bytes] = []
        """What the process wrote to its standard output."""

    def apply(self, call: Call) -> None:
        """Do what a system call did."""
        if call.name == "openat":
            self._open(call)
        elif call.name == "write" and call.numbers[0] == 1:
            self.acknowledged += call.texts[0].splitlines()
        elif call.numbers and call.numbers[0] in self._handles:
            self._change_file(call, self._handles[call.numbers[0]])
        elif call.texts and call.texts[0] in self._names:
            self._change_name(call, self._names[call.texts[0]])

    def _change_file(self, call: Call, file: _File | None) -> None:
        """Do what a call did to an open file, or to the folder if `file` is None."""
        match call.name:
            case "close":
                del self._handles[call.numbers[0]]
            case "fsync" | "fdatasync" if file is None:
                self._changes.clear()
            case "fsync" | "fdatasync" if file:
                file.sync()
            case "pwrite64" if file:
                file.pending.append((call.numbers[2], call.texts[0][: call.result]))
            case "write" if file:
                file.pending.append((len(file.content(None)), call.texts[0][: call.result]))
            case "ftruncate" if file:
                file.pending.append(call.numbers[1])

    def _change_name(self, call: Call, file: _File) -> None:
        match call.name:
            case "unlink" | "unlinkat":
                self._rename(call.texts[0], None)
            case "rename" | "renameat":
                self._rename(call.texts[0], None)
                self._rename(call.texts[1], file)
            case "link" | "linkat":
                self._rename(call.texts[1], file)

    def write_after_power_cut(self, folder: Path, dice: random.Random) -> None:
        """Write what the disk may have if the power were cut now into a folder."""
        names: dict[bytes, _File | None] = dict(self._names)
        names |= {name: dice.choice(states) for name, states in self._changes.items()}
        for name, file in names.items():
            if file is not None:
                (folder / Path(name.decode()).name).write_bytes(file.content(dice))

    def _open(self, call: Call) -> None:
        path, (create, truncate) = call.texts[0], call.numbers
        if path == self._folder:
            self._handles[call.result] = None
        elif path.startswith(self._folder + b"/"):
            if create and path not in self._names:
                self._rename(path, _File())
            if path in self._names:
                self._handles[call.result] = self._names[path]
                if truncate:
                    self._names[path].pending.append(0)

    def _rename(self, path: bytes, file: _File | None) -> None:
        self._changes.setdefault(path, [self._names.get(path)]).append(file)
        if file is None:
            del self._names[path]
        else:
            self._names[path] = file
