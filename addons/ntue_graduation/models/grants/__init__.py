# In the order in which they build on each other, not of the alphabet.
from . import (
    grant,
    late_permit,
    cap_exception,
    deferral,
    student_grants,
)
