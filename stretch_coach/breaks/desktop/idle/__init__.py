"""How long nobody has used this machine: one source for each kind of desktop."""
