"""Acting: the one way from a page or the API into the write lane."""
