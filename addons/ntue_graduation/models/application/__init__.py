# In the order in which they build on each other, not of the alphabet.
from . import (
    desk,
    diploma,
    messages,
    panels,
    slip,
    supplement,
    teacher_ed,
    application,
    application_line,
    application_exception,
)
