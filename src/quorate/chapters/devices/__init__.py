"""Devices: the keys with which members sign for themselves what is done in their name."""
