"""Elections of persons: nominations, sealed ballots, the count and the result."""
