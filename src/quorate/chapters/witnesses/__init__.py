"""Witnesses: who, besides the record's keeper, signs that it only grows."""
