# In the order in which they build on each other, not of the alphabet.
from . import (
    passport_reading,
    passport_copy,
    passport_opening,
    student_passport,
)
