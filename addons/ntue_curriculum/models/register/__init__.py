# In the order in which they build on each other, not of the alphabet.
from . import (
    chained_export,
    register,
    register_check,
)
