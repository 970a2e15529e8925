"""What is lost when processes are killed and when the power is cut: nothing that was acknowledged.

The power cuts are simulated from a writer's system calls, which strace records. A control that syncs less than the
program does has to lose something, or the simulation would prove nothing.

Run: uv run python -m tests.bench.kills [KILLS] [CUTS]
"""

import sys
import tempfile
from pathlib import Path

from tests.e2e.lost_sessions import Loss, cut_power, kill_writers

KILLS, CUTS = 200, 40


def report(what: str, loss: Loss) -> None:
    """Print what was lost."""
    print(
        f"{what:<34}{loss.interruptions:>5} times, {loss.acknowledged:>7} acknowledged segments, {loss.lost} lost, "
        f"{loss.damaged} damaged files"
    )


def main() -> int:
    """Kill writers and cut their power; return 1 if anything acknowledged is lost."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else KILLS
    cuts = int(sys.argv[2]) if len(sys.argv) > 2 else CUTS
    with tempfile.TemporaryDirectory() as name:
        folders = [Path(name) / part for part in ("kills", "cuts", "control")]
        for folder in folders:
            folder.mkdir()
        killed = kill_writers(kills, folders[0])
        report("killed", killed)
        cut = cut_power(cuts, folders[1])
        report("power cut", cut)
        control = cut_power(cuts, folders[2], synchronous="FULL")
        report("power cut, with less syncing", control)
    if not control.lost:
        print("The simulation is too kind: less syncing should have lost something.")
    return 0 if not (killed.lost or killed.damaged or cut.lost or cut.damaged) and control.lost else 1


if __name__ == "__main__":
    sys.exit(main())
