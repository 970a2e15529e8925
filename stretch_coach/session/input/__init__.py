"""How a user or another program commands a session through standard input."""
