# In the order in which they build on each other, not of the alphabet.
from . import (
    student_audit,
    student_audit_store,
    audit_due,
    audit,
    audit_run,
)
