"""Secret ballots: who holds the key together, and who votes under a key that nobody can trace."""
