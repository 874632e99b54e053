"""Members' texts: read from files, shown on pages, compared, set in print. It knows nothing of
the rest."""
