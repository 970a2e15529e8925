"""How long nobody has used this machine: one small backend for each kind of desktop."""
