"""Keys: with which keys the record is signed, and how they are changed."""
