"""Membership: regions, branches, admission, standing, and the rolls that count."""
