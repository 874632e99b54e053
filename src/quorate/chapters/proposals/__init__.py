"""Proposals: seconding, admission by the rulebook itself, and the answer owed in writing."""
