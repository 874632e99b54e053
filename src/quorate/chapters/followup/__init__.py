"""Follow-up: what was decided has an owner and a date; what was referred comes back."""
