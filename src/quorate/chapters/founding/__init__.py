"""Founding: a rulebook is adopted, the organisation set up, and later versions come into force."""
