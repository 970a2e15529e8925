"""X servers without a screen."""

import os
import subprocess


class XServer:
    """An X server, on a display of its own."""

    def __init__(self) -> None:
        reading, writing = os.pipe()
        command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "800x600x24", "-nolisten", "tcp", "-noreset"]
        self.process = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
        os.close(writing)
        with os.fdopen(reading, encoding="ascii") as number:
            self.display = f":{number.readline().strip()}"
        self._programs: list[subprocess.Popen[bytes]] = []

    def run(self, *command: str) -> "subprocess.Popen[bytes]":
        """Start a program on it, which ends with it."""
        environment = {**os.environ, "DISPLAY": self.display}
        quiet = subprocess.DEVNULL
        process = subprocess.Popen(command, env=environment, stdin=quiet, stdout=quiet, stderr=quiet)
        self._programs.append(process)
        return process

    def stop(self) -> None:
        """End the programs on the display, then the server."""
        for process in (*self._programs, self.process):
            process.kill()
            process.wait()
