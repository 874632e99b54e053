"""The pages of: membership."""
