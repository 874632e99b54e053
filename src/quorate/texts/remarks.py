"""What is said to whoever uploaded a file about what was not taken over from it."""

from __future__ import annotations

PICTURES = "Pictures are left out. If one matters, say in words what it shows."
SYMBOLS = "Signs of a symbol font could not be taken over. Read the text through before handing in."
PERSONS = "Fields that fill in a person's name from the file or the computer are left out."
EMBEDDED = "Another document is embedded in this one; it is left out."
CONTENTS = "The table of contents is left out: pages and prints make their own."
