"""Valid exports, changed at random, by whoever holds which key; and what changes their meaning."""
