"""The pages of: secret."""
