# In the order in which they build on each other, not of the alphabet.
from . import (
    student_audit,
    audit,
    audit_run,
    student_audit_store,
)
