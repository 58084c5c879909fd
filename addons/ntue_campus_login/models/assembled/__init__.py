from . import (
    ir_http,
    oauth_provider,
    res_config_settings,
    res_users,
    retention,
    student,
)
