# In the order in which they build on each other, not of the alphabet.
from . import (
    res_partner,
    window,
    event,
    application,
    application_guards,
    application_actions,
    application_slip,
    application_snapshot,
    ir_actions_report,
    application_figures,
    application_form,
    application_line,
    recognition,
    student,
    importer,
    guide,
)
