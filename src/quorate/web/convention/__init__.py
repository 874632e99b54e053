"""The pages of: convention."""
