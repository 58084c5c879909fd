# In the order in which they build on each other, not of the alphabet.
from . import (
    base,
    discreet,
    confidential,
    references,
    decisive,
    registered,
    typed_text,
    added_only,
    audit_source,
    follows_revision,
    follows_student,
)
