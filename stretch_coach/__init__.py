"""Stretch Coach: a guided neck-and-shoulder exercise coach for people who sit at a screen."""

__version__ = "0.1.0"
