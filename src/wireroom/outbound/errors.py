"""How a way out can end without an answer."""


class Failed(Exception):
    """No answer this time, and a later try may have one; the message says why."""


class Refused(Exception):
    """We will not go there, or not take what came; a later try would end the same way."""
