# In the order in which they build on each other, not of the alphabet.
from . import (
    retention,
    student_erasure,
    student_privacy_page,
)
