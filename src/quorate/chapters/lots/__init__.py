"""Lots: a seed that no one person can choose or redraw."""
