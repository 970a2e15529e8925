"""How a prompt reaches the user: desktop notifications, a dialog, or the terminal's bell."""
