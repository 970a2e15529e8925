"""The history as files that leave this machine: JSON lines, a synchronised folder, a table for spreadsheets."""
