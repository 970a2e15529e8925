"""The command ``stretch-coach``, and ``python -m stretch_coach``."""

import signal


def run() -> None:
    """Run the command. Until a session listens for it, Ctrl+C ends the process without a word, loading included."""
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from stretch_coach.cli import main  # noqa: PLC0415 - after Ctrl+C is taken care of

    main()


if __name__ == "__main__":
    run()
