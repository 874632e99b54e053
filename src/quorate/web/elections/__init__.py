"""The pages of: elections."""
