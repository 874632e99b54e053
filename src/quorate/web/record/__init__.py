"""The pages of: record."""
