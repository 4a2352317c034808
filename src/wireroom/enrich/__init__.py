"""An item becomes a richer item: pure functions that say why."""
