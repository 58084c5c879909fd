# In the order in which they build on each other, not of the alphabet.
from . import (
    chained_check,
    chained_export,
    chained,
    correction,
)
