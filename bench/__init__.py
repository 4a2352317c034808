"""Goals of speed, each measured beside its yardstick; ``python -m bench`` runs them."""
