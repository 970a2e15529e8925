"""``python -m stretch_coach`` is the command ``stretch-coach``."""

from stretch_coach.cli import main

if __name__ == "__main__":
    main()
