"""Membership organisations run their own democracy on it, on a record nobody changes unseen."""

__version__ = "0.1.0"
