"""How a prompt reaches somebody: the desktop's notifications, a dialog, the terminal's bell."""
