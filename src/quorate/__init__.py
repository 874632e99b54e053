"""Quorate: membership organisations run their own democracy on it, on a record nobody can change unseen."""

__version__ = "0.1.0"
