"""The democracy itself, chapter by chapter, as a rulebook has them.

Each chapter is a package: ``remembers.py`` holds what it remembers (its slice of the state),
each other module is one clause, named after its act: when it is allowed, what it changes.
Pure: no clock, no database, no chance.
"""
