"""Feeds: RSS, Atom and JSON Feed, well-formed or not, to items."""
