"""The app: screens for what the other packages do."""
