"""Other programs that keep every core busy, and end by themselves."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_SPIN = "import sys, time\nend = time.monotonic() + float(sys.argv[1])\nwhile time.monotonic() < end: pass"


@contextmanager
def busy_cores(at_most_seconds: float) -> Iterator[None]:
    """Keep every core busy while the block runs.

    Args:
        at_most_seconds: When the processes end even if this one was killed.
    """
    command = [sys.executable, "-c", _SPIN, str(at_most_seconds)]
    spinners = [subprocess.Popen(command) for _ in range(os.cpu_count() or 1)]
    try:
        yield
    finally:
        for spinner in spinners:
            spinner.kill()
            spinner.wait()
