# In the order in which they build on each other, not of the alphabet.
from . import (
    ir_actions_report,
    res_config_settings,
    importer,
    exporter,
    portal_menu,
)
