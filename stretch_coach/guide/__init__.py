"""What suits a user: the body map, and routines built from it. Pure; its texts are JSON."""
