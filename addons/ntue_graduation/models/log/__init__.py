# In the order in which they build on each other, not of the alphabet.
from . import (
    event_check,
    event_used,
    event_student_reason,
    snapshot_erasing,
    event,
    uninstall,
)
