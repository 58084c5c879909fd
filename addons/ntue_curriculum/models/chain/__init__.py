# In the order in which they build on each other, not of the alphabet.
from . import (
    chained_check,
    chained_erasing,
    chained_export,
    anchor_words,
    chained_anchor,
    chained,
    correction,
)
