"""The command `stretch-coach`, and `python -m stretch_coach`."""

import gc
import signal


def run() -> None:
    """Run the command. Until a session handles it, Ctrl+C ends the process silently, even while it is loading."""
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    # Loading a command leaves no garbage, and the search for it would take a third of the time of `streak`.
    gc.disable()
    from stretch_coach.cli import main  # noqa: PLC0415 - imported once Ctrl+C is handled

    main()


if __name__ == "__main__":
    run()
