"""The bulletin: contributions, refusals in the open, appeals, and the issues."""
