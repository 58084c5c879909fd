"""The one exception for everything that the caller of a command can put right."""


class CommandError(Exception):
    """A command cannot go on; the message is one sentence that says what to type or change."""
