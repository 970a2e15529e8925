"""Starting the watcher at login: the files that each system needs, and how they are installed."""
