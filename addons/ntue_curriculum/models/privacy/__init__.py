# In the order in which they build on each other, not of the alphabet.
from . import (
    student_privacy,
    student_privacy_page,
    retention_kinds,
    retention_erase,
    retention,
    student_erasure,
    retention_settings,
)
