# In the order in which they build on each other, not of the alphabet.
from . import (
    student_privacy,
    student_privacy_page,
    retention_kinds,
    retention,
    retention_erase,
    own_traces,
    student_erasure,
    erasure_check,
    retention_settings,
)
