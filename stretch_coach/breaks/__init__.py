"""When: the right prompt at the right moment."""
