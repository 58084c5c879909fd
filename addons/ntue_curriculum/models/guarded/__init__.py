# In the order in which they build on each other, not of the alphabet.
from . import (
    bounded,
    bounded_search,
    discreet,
    confidential,
    references,
    decisive,
    registered,
    typed_text,
    audit_source,
)
