"""The pages of: today."""
