"""Starting the watcher at login: what each system wants written, and nothing without being asked."""
