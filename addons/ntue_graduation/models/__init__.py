# In the order in which they build on each other, not of the alphabet.
from . import (
    res_partner,
    window,
    event,
    application,
    application_guards,
    application_actions,
    application_snapshot,
    application_figures,
    application_form,
    application_profile,
    application_teacher_ed,
    application_line,
    recognition,
    student,
    res_config_settings,
    importer,
)
