"""Files shared with other processes: atomic writes, reads that never wait, and locks that end with their process."""

import errno
import io
import itertools
import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from stretch_coach.errors import CoachError
from stretch_coach.paths import HOME_VARIABLE

_LOCKED_BY_ANOTHER = {errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK}

Signature = tuple[int, int, int] | None
"""What distinguishes one version of a file from another; None for a file that does not exist."""

_MAX_JSON_BYTES = 1 << 20
_part_numbers = itertools.count()  # two threads may write one file
_PART = ".part"


@contextmanager
def atomic_write(file: Path, *, durable: bool = True) -> Iterator[TextIO]:
    """Open a text file that replaces `file` when the block ends, and leaves it unchanged if the block fails.

    The new file is private to its owner (0600) whatever the umask. A link is followed.

    Args:
        file: The file to replace.
        durable: Whether to wait until the file is on the disk; without that, a power cut may undo the write.

    Raises:
        CoachError: The file cannot be written.
    """
    with atomic_replace(file, durable=durable) as raw:
        text = io.TextIOWrapper(raw, encoding="utf-8", newline="", write_through=True)
        yield text
        text.detach()


@contextmanager
def atomic_replace(file: Path, *, durable: bool = True) -> Iterator[BinaryIO]:
    """Do the same as `atomic_write` for a binary file, to which others may write by its `name` until the block ends."""
    target = file.resolve()
    if target.exists() and not target.is_file():
        raise CoachError(str(file), "is not a file.", "Name a file, or - for standard output.")
    try:
        with _new_part(target) as raw:
            try:
                yield raw
                raw.flush()
                if durable:
                    os.fsync(raw.fileno())
                if sys.platform == "win32":  # pragma: no cover - it renames no open file
                    raw.close()
                Path(raw.name).replace(target)
            except BaseException:
                if sys.platform == "win32":  # pragma: no cover - it removes no open file
                    raw.close()
                with suppress(OSError):
                    Path(raw.name).unlink()
                raise
    except OSError as error:
        hint = "What was there before is unchanged."
        raise CoachError(str(file), f"cannot be written ({error.strerror}).", hint) from error


def _new_part(target: Path) -> BinaryIO:
    """Create a locked file beside `target`, after removing those whose writers were killed."""
    start = f".{target.name[:100]}."
    with os.scandir(target.parent) as entries:
        names = [entry.name for entry in entries if entry.name.startswith(start) and entry.name.endswith(_PART)]
    for part in map(target.with_name, names):
        with suppress(OSError):  # where there are no locks, it may still be written
            if _lock_for_a_moment(part):
                part.unlink()
    while True:
        part = target.with_name(f"{start}{os.getpid()}-{next(_part_numbers)}{_PART}")
        raw = open(part, "wb", opener=_open_private)  # noqa: SIM115 - the caller closes it
        with suppress(OSError):
            try_lock(raw.fileno())
        # Another process may have removed it before it was locked.
        with suppress(OSError):
            if os.path.samestat(os.fstat(raw.fileno()), part.stat()):
                return raw
        raw.close()


def _open_private(name: str, flags: int) -> int:
    return os.open(name, flags | getattr(os, "O_NOFOLLOW", 0), 0o600)


def read_regular_file(file: Path, at_most: int) -> bytes:
    """Return the content of a file without ever waiting for it: pipes, devices and the like are refused.

    Args:
        file: The file; a link is followed.
        at_most: The most bytes it may have.

    Raises:
        CoachError: It is not a regular file, or too large.
        OSError: It cannot be opened or read.
    """
    with open_regular_file(file) as opened:
        # None if there is nothing to read yet, as in some files below /proc.
        content: bytes | None = opened.read(at_most + 1)
    if content is None:
        raise BlockingIOError(errno.EAGAIN, "it has nothing to read yet", str(file))
    if len(content) > at_most:
        raise CoachError(str(file), f"is larger than {at_most // 1000} kB.", "Move it away.")
    return content


def open_regular_file(file: Path) -> BinaryIO:
    """Open a file for reading without ever waiting for it: pipes, devices and the like are refused.

    Raises:
        CoachError: It is not a regular file.
        OSError: It cannot be opened.
    """
    handle = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise CoachError(str(file), "is not a file.", "Move it away, or write a file in its place.")
    return os.fdopen(handle, "rb")


def read_json(file: Path) -> Any:
    """Return what a small JSON file holds, or None if there is no regular file of that name or it is not valid JSON."""
    try:
        raw = read_regular_file(file, _MAX_JSON_BYTES)
        import json  # noqa: PLC0415 - most commands read no JSON

        return json.loads(raw)
    except (CoachError, OSError, ValueError, RecursionError):
        return None


def signature(file: Path) -> Signature:
    """Return a value that differs between two versions of a file."""
    try:
        status = os.stat(file)  # noqa: PTH116 - called twice a minute all day, and faster
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


@contextmanager
def exclusive_lock(file: Path, wait: Callable[[], object], tries: int) -> Iterator[None]:
    """Hold the lock of a file while the block runs, so that only one process at a time runs such a block.

    The lock is another file beside it, which exists while the lock is held. A process that dies may leave that file,
    but never the lock.

    Args:
        file: The file, which need not exist; its folder must.
        wait: Waits a moment; called while another process holds the lock.
        tries: How often to try.

    Raises:
        CoachError: Another process still holds the lock after the last try, or there can be no lock in this folder.
    """
    lock = file.with_name(f".{file.name}.lock")
    handle = _acquire(file, lock, wait, tries)
    try:
        yield
    finally:
        # Before the lock ends, or this could remove the next holder's file. Windows removes no open file, but also no
        # file either that the next holder has opened.
        if sys.platform == "win32":  # pragma: no cover - tests run on Linux
            os.close(handle)
            with suppress(OSError):
                lock.unlink()
        else:
            with suppress(OSError):
                lock.unlink()
            os.close(handle)


def _acquire(file: Path, lock: Path, wait: Callable[[], object], tries: int) -> int:
    for _ in range(tries):
        try:
            handle = os.open(lock, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
        except OSError as error:
            raise CoachError(str(file), f"cannot be written ({error.strerror}).", "Check its folder.") from error
        try:
            _lock(handle)
            # The lock's file may have been removed since it was opened; a lock of it would exclude nobody.
            if os.path.samestat(os.fstat(handle), lock.stat()):
                return handle
        except FileNotFoundError:
            pass
        except OSError as error:
            if error.errno not in _LOCKED_BY_ANOTHER:
                os.close(handle)
                raise no_locks(file, error) from error
        os.close(handle)
        wait()
    raise CoachError(str(file), "is being changed by another program.", "Try again in a moment.")


def require_locks(file: Path) -> None:
    """Check that files beside this one can be locked, whether or not it is locked itself.

    Raises:
        CoachError: They cannot, as on some network drives. The message says what to do.
    """
    probe = file.with_name(f".{file.name}.{os.getpid()}.probe")
    try:
        handle = os.open(probe, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:
        return  # the folder cannot be written to, which is a different problem
    try:
        _lock(handle)
    except OSError as error:
        raise no_locks(file, error) from error
    finally:
        os.close(handle)
        probe.unlink(missing_ok=True)


def no_locks(file: Path, error: OSError) -> CoachError:
    """Return an error that says that a file cannot be locked, and what to do about it."""
    hint = f"Some network drives have no file locks. Point {HOME_VARIABLE} at a folder on a local disk."
    return CoachError(str(file), f"cannot be locked ({error.strerror}).", hint)


def try_lock(handle: int) -> bool:
    """Lock an open file until it is closed. Return False if another process has locked it.

    Raises:
        OSError: There can be no lock in its folder.
    """
    try:
        _lock(handle)
    except OSError as error:
        if error.errno not in _LOCKED_BY_ANOTHER:
            raise
        return False
    return True


def is_locked(file: Path) -> bool:
    """Return whether a living process holds the lock of a file. Where there are no locks, none does."""
    with suppress(OSError):
        return not _lock_for_a_moment(file)
    return False


def _lock_for_a_moment(file: Path) -> bool:
    handle = os.open(file, os.O_RDWR)
    try:
        return try_lock(handle)
    finally:
        os.close(handle)


if sys.platform == "win32":  # pragma: no cover - tests run on Linux
    import msvcrt

    def _lock(handle: int) -> None:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            raise BlockingIOError(errno.EAGAIN, "locked by another process") from error

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def create_file(file: Path, text: str) -> None:
    """Write a private file (0600) that does not exist yet, whole or not at all, with the line ends of the text.

    Raises:
        FileExistsError: It exists, and was not changed.
        OSError: It cannot be written.
    """
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
            stream.write(text)
    except BaseException:
        file.unlink(missing_ok=True)
        raise
