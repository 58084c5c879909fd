"""The one exception for everything that a person can put right."""


class MissingError(Exception):
    """Something is missing or in the way; the message is one sentence that says what to type."""
