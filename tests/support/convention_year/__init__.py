"""A convention year, told by clicks, commands and calls: a module a part of it."""
