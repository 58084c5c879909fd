"""The tasks of staff after a step; a mail comes once a day for all that is new."""

from ... import tasks
from ..registry import effect


@effect
def ask_assistants(step):
    """The first review is owed: it is on the list of every assistant of the department."""
    tasks.follow(step.application)


@effect
def release_assistants(step):
    """What is owed no longer leaves the lists, of whoever."""
    tasks.follow(step.application)
