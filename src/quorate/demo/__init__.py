"""A demo organisation, invented for this project: Harbour & Transport Workers."""
