"""Why nothing is recorded for now, whatever is handed in."""


class Halted(Exception):
    """Nothing is recorded until somebody has put it right; says what is wrong and what to do.
    What stands can be read meanwhile."""
