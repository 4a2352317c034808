"""Bytes to characters, elements and values, whatever they say: XML and JSON, with limits."""
