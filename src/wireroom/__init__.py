"""Agency wires in, a live and trustworthy news site out."""

__version__ = "0.1.0"
