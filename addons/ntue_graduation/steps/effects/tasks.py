"""The tasks of staff after a step; a mail comes once a day for all that is new."""

from ... import tasks
from ..registry import effect


@effect
def follow_tasks(step):
    """What is owed now is on the lists of those whose turn it is, and on nobody else's."""
    tasks.follow(step.application)
