"""Bodies of stories: markup parted from words, made safe, and written."""
