"""Accounts: signing in. One account, one member; an account carries no rights."""
