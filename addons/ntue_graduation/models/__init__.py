# In the order in which they build on each other, not of the alphabet.
from . import (
    res_partner,
    window,
    event,
    event_check,
    application,
    application_guards,
    application_actions,
    application_snapshot,
    application_figures,
    application_form,
    application_line,
    event_timeline,
    recognition,
    student,
    importer,
)
