# In the order in which they build on each other, not of the alphabet.
from . import (
    audit,
    statistics,
    overview,
    with_student,
)
