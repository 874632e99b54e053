"""The pages of: offices."""
