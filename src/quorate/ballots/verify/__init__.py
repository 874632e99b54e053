"""Verifying an archive: the audit of section 3.5, and the order of events."""
