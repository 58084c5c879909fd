# In the order in which they build on each other, not of the alphabet.
from . import (
    student_writing,
    student_history,
    student_profile,
    student_export,
    student_pages,
    student,
    student_term,
    student_change,
    enrollment,
    recognition,
    evidence,
    student_programme,
    study_plan,
)
