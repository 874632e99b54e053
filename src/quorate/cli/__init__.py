"""The `quorate` command: the same acts by the same names, and everything an organisation needs
to be set up, served, exported and checked."""
