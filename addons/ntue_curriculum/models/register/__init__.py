# In the order in which they build on each other, not of the alphabet.
from . import (
    register_check,
    erasure_check,
    register_erasing,
    register,
)
