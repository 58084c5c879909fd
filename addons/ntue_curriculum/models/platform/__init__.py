# In the order in which they build on each other, not of the alphabet.
from . import (
    site_address,
    res_config_settings,
    ir_config_parameter,
    ir_actions_report,
    barcode,
    portal_menu,
    ir_http_errors,
    ir_http,
    ir_http_nonsense,
    importer,
    uninstall,
)
