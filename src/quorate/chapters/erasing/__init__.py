"""Erasing texts: who asks for it, who decides, and what happens when nobody does."""
