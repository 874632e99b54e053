"""The groups in which ballots are encrypted (section 5)."""
