"""A real browser for the stories."""

from support.chromium import browser

__all__ = ["browser"]
