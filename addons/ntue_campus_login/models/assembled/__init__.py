from . import (
    ir_http,
    oauth_provider,
    res_users,
    student,
)
