"""Delegates: seats from the frozen rolls, who sits in them, alternates, credentials, guests."""
