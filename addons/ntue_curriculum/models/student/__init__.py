# In the order in which they build on each other, not of the alphabet.
from . import (
    student,
    student_term,
    student_change,
    student_profile,
    student_typed,
    student_export,
    enrollment,
    recognition,
    student_pages,
)
