"""How a way out can end without an answer."""


class Failed(Exception):  # noqa: N818 (how it ended, as a newsroom says it)
    """No answer this time, and a later try may have one; the message says why."""


class Refused(Exception):  # noqa: N818 (the same)
    """We will not go there, or not take what came; a later try would end the same way."""
