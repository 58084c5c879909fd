# In the order in which they build on each other, not of the alphabet.
from . import (
    application,
    application_told,
    application_slip,
    application_snapshot,
    application_form,
    application_check,
    application_steps,
    application_profile,
    application_teacher_ed,
    application_line,
    application_exception,
    application_review,
    application_desk,
    application_lists,
)
