"""The pages of: rulebook."""
