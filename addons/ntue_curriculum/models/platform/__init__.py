# In the order in which they build on each other, not of the alphabet.
from . import (
    res_config_settings,
    ir_config_parameter,
    kept_paper,
    ir_actions_report,
    portal_menu,
    ir_http_time,
    ir_http_errors,
    ir_http_unsent,
    ir_http_bounds,
    ir_http_nonsense,
    ir_http_replica,
    ir_http,
    import_conflict,
    importer,
    uninstall,
)
