"""Nonsense for readers and the cleaner; never part of what is shipped."""
