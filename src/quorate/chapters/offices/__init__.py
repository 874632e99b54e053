"""Offices: who holds which post or seat of a body, chosen by whom, answering to whom."""
