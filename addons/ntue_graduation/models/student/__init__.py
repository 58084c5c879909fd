# In the order in which they build on each other, not of the alphabet.
from . import (
    student_files,
    student,
    recognition,
)
